// SPDX-License-Identifier: GPL-2.0-or-later
/* Element after element: what an unwinding forgets. */
#include "leak-error-path.h"

struct two {
	struct device *dev;
	struct dma_pool *blocks, *tables;
	struct buf *tx[4], *rx[4];
	void **list;
	struct desc *table;
	dma_addr_t table_dma;
	unsigned int n;
};

/* --- rings that are allocated by a helper --- */

static int get_ring(struct two *p, struct buf *b)
{
	b->cpu = dma_alloc_coherent(p->dev, 4096, &b->dma, GFP_KERNEL);
	return b->cpu ? 0 : -ENOMEM;
}

static void put_ring(struct two *p, struct buf *b)
{
	dma_free_coherent(p->dev, 4096, b->cpu, b->dma);
}

int rings_skip_first_bad(struct two *p)
{
	int i;

	for (i = 0; i < 4; i++)
		if (get_ring(p, p->tx[i]))
			goto unwind;
	return 0;
unwind:
	for (i--; i > 0; i--)
		put_ring(p, p->tx[i]);
	return -ENOMEM;
}

int rings_ok(struct two *p)
{
	int i;

	for (i = 0; i < 4; i++)
		if (get_ring(p, p->tx[i]))
			goto unwind;
	return 0;
unwind:
	for (i--; i >= 0; i--)
		put_ring(p, p->tx[i]);
	return -ENOMEM;
}

/* The other direction's rings stay. */
int rings_second_kind_bad(struct two *p)
{
	int i;

	for (i = 0; i < 4; i++)
		if (get_ring(p, p->tx[i]))
			goto no_tx;
	for (i = 0; i < 4; i++)
		if (get_ring(p, p->rx[i]))
			goto no_rx;
	return 0;
no_rx:
	while (i--)
		put_ring(p, p->rx[i]);
	return -ENOMEM;
no_tx:
	while (i--)
		put_ring(p, p->tx[i]);
	return -ENOMEM;
}

int rings_both_kinds_ok(struct two *p)
{
	int i;

	for (i = 0; i < 4; i++)
		if (get_ring(p, p->tx[i]))
			goto no_tx;
	for (i = 0; i < 4; i++)
		if (get_ring(p, p->rx[i]))
			goto no_rx;
	return 0;
no_rx:
	while (i--)
		put_ring(p, p->rx[i]);
	i = 4;
no_tx:
	while (i--)
		put_ring(p, p->tx[i]);
	return -ENOMEM;
}

/* --- which elements --- */

int last_one_bad(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
					  DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	for (i -= 2; i >= 0; i--)
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int from_the_start_bad(struct priv *p, struct buf *b, int n)
{
	int i, k;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, 64, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
	}
	return 0;
unwind:
	for (k = 0; k < i - 1; k++)
		dma_free_coherent(p->dev, 64, b[k].cpu, b[k].dma);
	return -ENOMEM;
}

/* The one that failed is visited as well: nothing is there. */
int failed_one_too_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, 64, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
	}
	return 0;
unwind:
	for (; i >= 0; i--)
		if (b[i].cpu)
			dma_free_coherent(p->dev, 64, b[i].cpu, b[i].dma);
	return -ENOMEM;
}

int every_other_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i += 2) {
		b[i].cpu = dma_alloc_coherent(p->dev, 64, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
	}
	return 0;
unwind:
	while ((i -= 2) >= 0)
		dma_free_coherent(p->dev, 64, b[i].cpu, b[i].dma);
	return -ENOMEM;
}

/* How many there are is counted apart. */
int counted_ok(struct priv *p)
{
	int i;

	p->count = 0;
	for (i = 0; i < 8; i++) {
		p->slot[i].cpu = dma_alloc_coherent(p->dev, 64,
						    &p->slot[i].dma,
						    GFP_KERNEL);
		if (!p->slot[i].cpu)
			goto unwind;
		p->count++;
	}
	return 0;
unwind:
	for (i = 0; i < p->count; i++)
		dma_free_coherent(p->dev, 64, p->slot[i].cpu, p->slot[i].dma);
	return -ENOMEM;
}

static void put_some(struct priv *p, struct buf *b, int n)
{
	while (n--)
		dma_free_coherent(p->dev, 64, b[n].cpu, b[n].dma);
}

int by_helper_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, 64, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu) {
			put_some(p, b, i);
			return -ENOMEM;
		}
	}
	return 0;
}

/* Which elements a callee's loop releases is not known. */
int FN_by_helper_bad(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, 64, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu) {
			put_some(p, b, i - 1);
			return -ENOMEM;
		}
	}
	return 0;
}

/* What could be had is used. */
int fewer_will_do_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, 64, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			break;
	}
	if (i < 2) {
		while (i--)
			dma_free_coherent(p->dev, 64, b[i].cpu, b[i].dma);
		return -ENOMEM;
	}
	p->count = i;
	return 0;
}

/* --- two things to an element --- */

int half_made_bad(struct priv *p, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		struct buf *b = &p->slot[i];

		b->cpu = dma_alloc_coherent(p->dev, 64, &b->dma, GFP_KERNEL);
		if (!b->cpu)
			goto unwind;
		b[8].dma = dma_map_single(p->dev, b[8].cpu, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b[8].dma))
			goto unwind;
	}
	return 0;
unwind:
	while (i--) {
		struct buf *b = &p->slot[i];

		dma_unmap_single(p->dev, b[8].dma, 64, DMA_TO_DEVICE);
		dma_free_coherent(p->dev, 64, b->cpu, b->dma);
	}
	return -ENOMEM;
}

int half_made_ok(struct priv *p, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		struct buf *b = &p->slot[i];

		b->cpu = dma_alloc_coherent(p->dev, 64, &b->dma, GFP_KERNEL);
		if (!b->cpu)
			goto unwind;
		b[8].dma = dma_map_single(p->dev, b[8].cpu, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b[8].dma))
			goto first;
	}
	return 0;
first:
	dma_free_coherent(p->dev, 64, p->slot[i].cpu, p->slot[i].dma);
unwind:
	while (i--) {
		struct buf *b = &p->slot[i];

		dma_unmap_single(p->dev, b[8].dma, 64, DMA_TO_DEVICE);
		dma_free_coherent(p->dev, 64, b->cpu, b->dma);
	}
	return -ENOMEM;
}

/* --- a function that undoes what it did, but for one thing --- */

static int make_tables_bad(struct two *p)
{
	p->list = kcalloc(p->n, sizeof(*p->list), GFP_KERNEL);
	if (!p->list)
		return -ENOMEM;
	p->table = dma_pool_alloc(p->tables, GFP_KERNEL, &p->table_dma);
	if (!p->table)
		goto no_table;
	if (start(p->table))
		goto no_table;
	return 0;
no_table:
	kfree(p->list);
	p->list = NULL;
	return -ENOMEM;
}

static void drop_tables(struct two *p)
{
	dma_pool_free(p->tables, p->table, p->table_dma);
	kfree(p->list);
}

int use_tables(struct two *p)
{
	int ret = make_tables_bad(p);

	if (ret)
		return ret;
	ret = start(p);
	if (ret)
		drop_tables(p);
	return ret;
}

/* Its caller comes after it, whatever has failed. */
static int make_some_tables(struct two *p)
{
	p->list = kcalloc(p->n, sizeof(*p->list), GFP_KERNEL);
	if (!p->list)
		return -ENOMEM;
	p->table = dma_pool_alloc(p->tables, GFP_KERNEL, &p->table_dma);
	if (!p->table)
		goto no_table;
	if (start(p->table))
		goto no_table;
	return 0;
no_table:
	kfree(p->list);
	p->list = NULL;
	return -ENOMEM;
}

int use_some_tables_ok(struct two *p)
{
	int ret = make_some_tables(p);

	if (ret)
		drop_tables(p);
	return ret;
}

/* What is freed was for the moment only. */
static int with_scratch(struct two *p)
{
	void *tmp = kmalloc(64, GFP_KERNEL);
	int ret;

	if (!tmp)
		return -ENOMEM;
	p->table = dma_pool_alloc(p->tables, GFP_KERNEL, &p->table_dma);
	if (!p->table) {
		kfree(tmp);
		return -ENOMEM;
	}
	ret = start(tmp);
	kfree(tmp);
	return ret;
}

int use_scratch_ok(struct two *p)
{
	return with_scratch(p);
}

/* --- what goes back to another pool --- */

static void drop_blocks(struct two *p, struct list_head *head)
{
	struct buf *b, *next;

	list_for_each_entry_safe(b, next, head, node)
		dma_pool_free(p->blocks, b->cpu, b->dma);
}

int other_pool_bad(struct two *p, struct list_head *head)
{
	p->table = dma_pool_alloc(p->tables, GFP_KERNEL, &p->table_dma);
	if (!p->table)
		return -ENOMEM;
	if (start(p->table)) {
		drop_blocks(p, head);
		return -EIO;
	}
	if (start(p)) {
		dma_pool_free(p->tables, p->table, p->table_dma);
		return -EIO;
	}
	return 0;
}
