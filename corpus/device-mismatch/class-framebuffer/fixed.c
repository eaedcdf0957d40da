// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

/* include/linux/fb.h */
struct fb_info {
	struct device *device;		/* the parent */
	struct device *dev;		/* this frame buffer */
	void *screen_base;
	unsigned long start;
};

int fb_alloc_screen(struct fb_info *info, size_t size);

int fb_alloc_screen(struct fb_info *info, size_t size)
{
	dma_addr_t dma = 0;

	info->screen_base = dma_alloc_coherent(info->device, size, &dma,
					       GFP_KERNEL);
	if (!info->screen_base)
		return -ENOMEM;
	info->start = dma;
	return 0;
}
