// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct bd {
	__le32 addr, ctl;
};

struct ring {
	struct device *dev;
	void *regs;
	struct bd bd[32];
	unsigned int head, tail;
};

int ring_put(struct ring *r, void *buf, u32 len);

int ring_put(struct ring *r, void *buf, u32 len)
{
	unsigned int room = 32 - (r->head - r->tail);
	dma_addr_t dma = dma_map_single(r->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	if (room < 2) {
		writel(1, r->regs);
		return -EAGAIN;
	}
	r->bd[r->head & 31].addr = cpu_to_le32(dma);
	r->bd[r->head++ & 31].ctl = cpu_to_le32(len);
	r->bd[r->head & 31].addr = 0;
	r->bd[r->head++ & 31].ctl = cpu_to_le32(1);
	return 0;
}
