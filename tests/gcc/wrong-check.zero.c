// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A variable that is 0 as long as there was no address is compared with one;
 * a wrapper says 0 where dma_mapping_error() is asked.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct entry {
	__le64 addr;
	__le32 len;
};

struct priv {
	struct device *dev;
	struct entry *table;
	dma_addr_t *page;
	dma_addr_t current;
	void __iomem *regs;
};

int merge_bad(struct priv *p, int pages)
{
	dma_addr_t prev = 0;
	struct entry *last = NULL;
	int i, n = 0;

	for (i = 0; i < pages; i++) {
		dma_addr_t addr = p->page[i];

		if (prev == addr) {
			last->len += 4096;
		} else {
			last = &p->table[n++];
			last->addr = cpu_to_le64(addr);
			last->len = 4096;
		}
		prev = addr + 4096;
	}
	return n;
}

/* Something else says that there is none before. */
int merge_asks_first_ok(struct priv *p, int pages)
{
	dma_addr_t prev = 0;
	struct entry *last = NULL;
	int i, n = 0;

	for (i = 0; i < pages; i++) {
		dma_addr_t addr = p->page[i];

		if (last && prev == addr) {
			last->len += 4096;
		} else {
			last = &p->table[n++];
			last->addr = cpu_to_le64(addr);
			last->len = 4096;
		}
		prev = addr + 4096;
	}
	return n;
}

int merge_by_index_ok(struct priv *p, int pages)
{
	dma_addr_t prev = 0;
	int i, n = 0;

	for (i = 0; i < pages; i++) {
		dma_addr_t addr = p->page[i];

		if (i > 0 && prev == addr)
			p->table[n - 1].len += 4096;
		else
			p->table[n++].addr = cpu_to_le64(addr);
		prev = addr + 4096;
	}
	return n;
}

/* All ones are never an address. */
int merge_all_ones_ok(struct priv *p, int pages)
{
	dma_addr_t prev = DMA_MAPPING_ERROR;
	int i, n = 0;

	for (i = 0; i < pages; i++) {
		dma_addr_t addr = p->page[i];

		if (prev != addr)
			p->table[n++].addr = cpu_to_le64(addr);
		prev = addr + 4096;
	}
	return n;
}

/* Two addresses, neither of them a marker. */
int same_address_ok(struct priv *p, dma_addr_t addr)
{
	if (p->current == addr)
		return 0;
	writel(lower_32_bits(addr), p->regs);
	p->current = addr;
	return 1;
}

static dma_addr_t map_or_zero(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return 0;
	return dma;
}

int asked_wrongly_bad(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = map_or_zero(p, buf, len);

	/* dma-wrong-check: high */
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

static dma_addr_t map_or_error(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return DMA_MAPPING_ERROR;
	return dma;
}

int asked_rightly_ok(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = map_or_error(p, buf, len);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}
