// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define METER_DESCS	16
#define METER_BYTES	1024

struct meter_desc {
	u64 addr;
	u32 len, status;
};

struct meter {
	struct device *dev;
	struct meter_desc *desc;
	void *buffer[METER_DESCS];
	unsigned int next;
};

void meter_deliver(struct meter *m, const void *data, unsigned int len);

int meter_fill(struct meter *m, unsigned int i)
{
	dma_addr_t dma;

	dma = dma_map_single(m->dev, m->buffer[i], METER_BYTES,
			     DMA_FROM_DEVICE);
	if (dma_mapping_error(m->dev, dma))
		return -ENOMEM;
	m->desc[i].addr = dma;
	return 0;
}

void meter_poll(struct meter *m)
{
	struct meter_desc *desc = &m->desc[m->next];
	void *data;

	dma_unmap_single(m->dev, desc->addr, METER_BYTES, DMA_FROM_DEVICE);
	data = m->buffer[m->next];
	meter_deliver(m, data, desc->len);
	m->next = (m->next + 1) % METER_DESCS;
}
