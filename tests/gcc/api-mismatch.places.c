// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Acquired in one function, released in another: only what is kept in the
 * place that is released from compares.
 */
#include <linux/dma-mapping.h>
#include <linux/dma-buf.h>
#include <linux/dmapool.h>
#include <linux/slab.h>

struct block {
	void *addr;
	dma_addr_t dma;
	size_t size;
};

struct card {
	struct device *dev;
	struct dma_pool *pool;
	struct block table, page, entry;
	struct block ring;
};

/* One helper fills two places; the third is filled from a pool. */
static int block_alloc(struct card *card, struct block *b, size_t size)
{
	b->addr = dma_alloc_coherent(card->dev, size, &b->dma, GFP_KERNEL);
	if (!b->addr)
		return -ENOMEM;
	b->size = size;
	return 0;
}

int card_tables(struct card *card)
{
	int err = block_alloc(card, &card->table, 512);

	return err ? err : block_alloc(card, &card->page, 4096);
}

int card_entry(struct card *card, void *addr)
{
	card->entry.addr = addr;
	return 0;
}

void card_put_entry_ok(struct card *card)
{
	dma_pool_free(card->pool, card->entry.addr, card->entry.dma);
}

void card_put_page_bad(struct card *card)
{
	dma_pool_free(card->pool, card->page.addr, card->page.dma);
}

void card_put_table_ok(struct card *card)
{
	dma_free_coherent(card->dev, card->table.size, card->table.addr,
			  card->table.dma);
}

/* Objects of two kinds, made in two functions, each with its own release. */
struct segment {
	struct segment *next;
	void *trbs;
	dma_addr_t dma;
};

struct segment *segment_of_pool(struct dma_pool *pool)
{
	struct segment *seg = kzalloc(sizeof(*seg), GFP_KERNEL);

	if (!seg)
		return NULL;
	seg->trbs = dma_pool_zalloc(pool, GFP_KERNEL, &seg->dma);
	if (!seg->trbs) {
		kfree(seg);
		return NULL;
	}
	return seg;
}

int segment_of_debug(struct device *dev, struct segment *first)
{
	struct segment *seg = kzalloc(sizeof(*seg), GFP_KERNEL);

	if (!seg)
		return -ENOMEM;
	seg->trbs = dma_alloc_coherent(dev, 4096, &seg->dma, GFP_KERNEL);
	if (!seg->trbs) {
		kfree(seg);
		return -ENOMEM;
	}
	first->next = seg;
	return 0;
}

void segment_put_ok(struct dma_pool *pool, struct segment *seg)
{
	dma_pool_free(pool, seg->trbs, seg->dma);
	kfree(seg);
}

void segment_put_debug_ok(struct device *dev, struct segment *first)
{
	dma_free_coherent(dev, 4096, first->next->trbs, first->next->dma);
}

/* A table that somebody else mapped is mapped once more. */
struct imported {
	struct device *dev;
	struct dma_buf_attachment *attach;
	struct sg_table *sgt;
};

int imported_map(struct imported *im, struct sg_table *sgt)
{
	int err = dma_map_sgtable(im->dev, sgt, DMA_BIDIRECTIONAL, 0);

	if (err)
		return err;
	im->sgt = sgt;
	return 0;
}

void imported_put_ok(struct imported *im)
{
	dma_unmap_sgtable(im->dev, im->sgt, DMA_BIDIRECTIONAL, 0);
}

void imported_give_back_ok(struct imported *im)
{
	dma_buf_unmap_attachment(im->attach, im->sgt, DMA_BIDIRECTIONAL);
}
