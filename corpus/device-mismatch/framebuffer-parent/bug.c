// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dma-mapping.h>

struct panel_info {
	struct device *dev;
	struct device *device;
	void *screen;
	dma_addr_t screen_dma;
	size_t screen_len;
};

int panel_setup(struct panel_info *info, unsigned int w, unsigned int h);
void panel_teardown(struct panel_info *info);

static int panel_alloc_mem(struct panel_info *info, size_t len)
{
	void *mem;

	mem = dma_alloc_wc(info->device, PAGE_ALIGN(len), &info->screen_dma,
			   GFP_KERNEL);
	if (!mem)
		return -ENOMEM;
	info->screen = mem;
	info->screen_len = PAGE_ALIGN(len);
	return 0;
}

static void panel_free_mem(struct panel_info *info)
{
	if (!info->screen)
		return;
	dma_free_wc(info->dev, info->screen_len, info->screen,
		    info->screen_dma);
	info->screen = NULL;
}

int panel_setup(struct panel_info *info, unsigned int w, unsigned int h)
{
	int err;

	err = panel_alloc_mem(info, (size_t)w * h * 2);
	if (err)
		return err;
	memset(info->screen, 0, info->screen_len);
	return 0;
}

void panel_teardown(struct panel_info *info)
{
	panel_free_mem(info);
}
