// SPDX-License-Identifier: GPL-2.0-or-later
/* Leaks in loops, and unwinding what a loop acquired. */
#include "leak-error-path.h"

/* --- loops --- */

int loop_no_unwind_bad(struct priv *p, struct buf *b)
{
	dma_addr_t dma[4];
	int i;

	for (i = 0; i < 4; i++) {
		dma[i] = dma_map_single(p->dev, b[i].cpu, b[i].size,
					DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma[i]))
			return -ENOMEM;
	}
	work(p);
	for (i = 0; i < 4; i++)
		dma_unmap_single(p->dev, dma[i], b[i].size, DMA_TO_DEVICE);
	return 0;
}

/* The caller has the array, and may release what it finds there. */
int loop_callers_array_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			return -ENOMEM;
	}
	return 0;
}

int loop_while_post_ok(struct priv *p, struct buf *b, int n)
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
	while (i--)
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_while_pre_ok(struct priv *p, struct buf *b, int n)
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
	while (--i >= 0)
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_off_by_one_bad(struct priv *p, struct buf *b, int n)
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
	while (--i > 0)	/* never reaches element 0 */
		dma_unmap_single(p->dev, b[i].dma, b[i].size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_for_j_ok(struct priv *p, struct buf *b, int n)
{
	int i, j;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu) {
			for (j = 0; j < i; j++)
				dma_free_coherent(p->dev, b[j].size, b[j].cpu,
						  b[j].dma);
			return -ENOMEM;
		}
	}
	return 0;
}

int loop_for_j_from_one_bad(struct priv *p, struct buf *b, int n)
{
	int i, j;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu) {
			for (j = 1; j < i; j++)
				dma_free_coherent(p->dev, b[j].size, b[j].cpu,
						  b[j].dma);
			return -ENOMEM;
		}
	}
	return 0;
}

int loop_second_in_body_bad(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
		if (start(b[i].cpu))
			goto unwind;	/* element i is not unwound */
	}
	return 0;
unwind:
	while (i--)
		dma_free_coherent(p->dev, b[i].size, b[i].cpu, b[i].dma);
	return -ENOMEM;
}

int loop_second_in_body_ok(struct priv *p, struct buf *b, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		b[i].cpu = dma_alloc_coherent(p->dev, b[i].size, &b[i].dma,
					      GFP_KERNEL);
		if (!b[i].cpu)
			goto unwind;
		if (start(b[i].cpu)) {
			dma_free_coherent(p->dev, b[i].size, b[i].cpu,
					  b[i].dma);
			goto unwind;
		}
	}
	return 0;
unwind:
	while (i--)
		dma_free_coherent(p->dev, b[i].size, b[i].cpu, b[i].dma);
	return -ENOMEM;
}

/* All slots are visited, those without memory are passed over. */
int loop_all_slots_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->slot[i].cpu = dma_alloc_coherent(p->dev, 64,
						    &p->slot[i].dma,
						    GFP_KERNEL);
		if (!p->slot[i].cpu)
			goto free_all;
	}
	return 0;
free_all:
	for (i = 0; i < 8; i++) {
		if (!p->slot[i].cpu)
			continue;
		dma_free_coherent(p->dev, 64, p->slot[i].cpu, p->slot[i].dma);
		p->slot[i].cpu = NULL;
	}
	return -ENOMEM;
}

int loop_pointer_walk_ok(struct priv *p)
{
	struct buf *b;

	for (b = p->slot; b < p->slot + 8; b++) {
		b->dma = dma_map_single(p->dev, b->cpu, b->size,
					DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, b->dma))
			goto unwind;
	}
	return 0;
unwind:
	while (b-- > p->slot)
		dma_unmap_single(p->dev, b->dma, b->size, DMA_TO_DEVICE);
	return -ENOMEM;
}

int loop_each_released_ok(struct priv *p, struct buf *b, int n)
{
	dma_addr_t dma;
	int i, ret;

	for (i = 0; i < n; i++) {
		dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
				     DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
		ret = work(p);
		dma_unmap_single(p->dev, dma, b[i].size, DMA_TO_DEVICE);
		if (ret)
			return ret;
	}
	return 0;
}

int loop_break_bad(struct priv *p, struct buf *b, int n)
{
	dma_addr_t dma;
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		dma = dma_map_single(p->dev, b[i].cpu, b[i].size,
				     DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
		ret = work(p);
		if (ret)
			break;
		dma_unmap_single(p->dev, dma, b[i].size, DMA_TO_DEVICE);
	}
	return ret;
}

int retry_ok(struct priv *p, void *data, size_t len)
{
	int tries = 3, ret;
	dma_addr_t dma;

again:
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	if (ret == -EAGAIN && --tries)
		goto again;
	return ret;
}

int retry_bad(struct priv *p, void *data, size_t len)
{
	int tries = 3, ret;
	dma_addr_t dma;

again:
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	if (ret == -EAGAIN && --tries)
		goto again;
	if (ret)
		return ret;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}
