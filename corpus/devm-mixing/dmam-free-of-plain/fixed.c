// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>

struct vid {
	struct device *dev;
	void *buf;
	dma_addr_t dma;
};

int vid_check(struct vid *vid, void *buf);
int vid_alloc(struct vid *vid, size_t size);

int vid_alloc(struct vid *vid, size_t size)
{
	dma_addr_t dma;
	void *buf;
	int ret;

	buf = dma_alloc_coherent(vid->dev, size, &dma, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = vid_check(vid, buf);
	if (ret) {
		dma_free_coherent(vid->dev, size, buf, dma);
		return ret;
	}
	vid->buf = buf;
	vid->dma = dma;
	return 0;
}
