/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ring.h"

void ring_free(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	r->desc = NULL;
	spin_unlock_irqrestore(&r->lock, flags);
}

void ring_drop(struct ring *r)
{
	unsigned long flags;

	spin_lock_irqsave(&r->lock, flags);
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	r->desc = NULL;
	spin_unlock_irqrestore(&r->lock, flags);
}
