// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A helper leaves to its callers what it had when it fails: some release it,
 * and one that does so at its other exits passes it on.
 */
#include "leak-error-path.h"

/* Unlike work(), it is known not to release anything. */
static int hw_state(struct priv *p)
{
	return readl(p->regs) ? -EIO : 0;
}

static void free_ring(struct priv *p)
{
	if (!p->ring)
		return;
	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	p->ring = NULL;
}

/* --- one caller cleans up, the other forgets --- */

static int ring_setup_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (hw_state(p))
		return -EINVAL;		/* dma-leak-error-path: medium */
	return 0;
}

int cleans_up_ok(struct priv *p)
{
	int ret = ring_setup_bad(p);

	if (ret)
		free_ring(p);
	return ret;
}

static int forgets_ok(struct priv *p)
{
	int ret = ring_setup_bad(p);

	if (ret)
		return ret;
	p->count = readl(p->regs);
	if (p->count > 8) {
		free_ring(p);
		return -EIO;
	}
	return 0;
}

int nobody_cleans_up_ok(struct priv *p)
{
	int ret = forgets_ok(p);

	if (ret)
		return ret;
	p->head = 0;
	return 0;
}

/* --- who calls the one that forgets releases it for both --- */

static int ring_setup_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (hw_state(p))
		return -EINVAL;
	return 0;
}

static int passes_on_ok(struct priv *p)
{
	int ret = ring_setup_ok(p);

	if (ret)
		return ret;
	p->count = readl(p->regs);
	if (p->count > 8) {
		free_ring(p);
		return -EIO;
	}
	return 0;
}

int caller_cleans_up_ok(struct priv *p)
{
	int ret = passes_on_ok(p);

	if (ret)
		free_ring(p);
	return ret;
}
