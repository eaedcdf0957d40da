// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Leaks that are none: one clean-up for many objects, results that are
 * pointers for certain, handles packed away, references dropped by helpers.
 */
#include <linux/err.h>
#include <linux/kref.h>
#include <linux/slab.h>
#include "leak-error-path.h"

struct queue {
	void *ring;
	dma_addr_t ring_dma;
	void *info;
	size_t size;
};

struct channel {
	struct queue *tx, *rx;
};

struct card {
	struct device *dev;
	struct channel *channel;
	unsigned int nchannels;
	struct queue *spare;
};

static int fill_queue(struct card *c, struct queue *q)
{
	q->ring = dma_alloc_coherent(c->dev, q->size, &q->ring_dma,
				     GFP_KERNEL);
	if (!q->ring)
		return -ENOMEM;
	q->info = kzalloc(64, GFP_KERNEL);
	return q->info ? 0 : -ENOMEM;
}

static void drain_queue(struct card *c, struct queue *q)
{
	kfree(q->info);
	q->info = NULL;
	if (q->ring) {
		dma_free_coherent(c->dev, q->size, q->ring, q->ring_dma);
		q->ring = NULL;
	}
}

static void drain_all(struct card *c)
{
	unsigned int i;

	for (i = 0; i < c->nchannels; i++) {
		drain_queue(c, c->channel[i].tx);
		drain_queue(c, c->channel[i].rx);
	}
}

int one_cleanup_for_all_ok(struct card *c)
{
	unsigned int i;
	int ret;

	for (i = 0; i < c->nchannels; i++) {
		ret = fill_queue(c, c->channel[i].tx);
		if (ret)
			goto err;
		ret = fill_queue(c, c->channel[i].rx);
		if (ret)
			goto err;
	}
	return 0;
err:
	drain_all(c);
	return ret;
}

/* Only one of the two is released where the other fails. */
int one_of_two_queues_bad(struct card *c)
{
	struct queue *a = kzalloc(sizeof(*a), GFP_KERNEL);
	struct queue *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!a || !b)
		goto out;
	a->ring = dma_alloc_coherent(c->dev, 64, &a->ring_dma, GFP_KERNEL);
	if (!a->ring)
		goto out;
	b->ring = dma_alloc_coherent(c->dev, 64, &b->ring_dma, GFP_KERNEL);
	if (!b->ring)
		goto free_a;
	if (c->nchannels)
		goto free_a;
	dma_free_coherent(c->dev, 64, b->ring, b->ring_dma);
free_a:
	dma_free_coherent(c->dev, 64, a->ring, a->ring_dma);
out:
	kfree(b);
	kfree(a);
	return -ENOMEM;
}

/* --- what was written through, or is a member, is no ERR_PTR() --- */

static struct queue *make_spare(struct card *c)
{
	struct queue *q = c->spare;

	q->ring = dma_alloc_coherent(c->dev, 64, &q->ring_dma, GFP_KERNEL);
	if (!q->ring)
		return ERR_PTR(-ENOMEM);
	return q;
}

int no_error_pointer_ok(struct card *c)
{
	struct queue *q = make_spare(c);
	int ret;

	if (IS_ERR(q))
		return PTR_ERR(q);
	ret = start(q->ring);
	if (ret)
		dma_free_coherent(c->dev, 64, q->ring, q->ring_dma);
	return ret;
}

static void *make_computed(struct card *c, void *mem, dma_addr_t *dma)
{
	*dma = dma_map_single(c->dev, mem, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, *dma))
		return NULL;
	return phys_to_virt(virt_to_phys(mem) & ~0xffful);
}

int computed_pointer_ok(struct card *c, void *mem)
{
	dma_addr_t dma;
	void *page = make_computed(c, mem, &dma);

	if (!page)
		return -ENOMEM;
	start(page);
	dma_unmap_single(c->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

/* --- packed into a descriptor by a helper, in one of two ways --- */

struct packed {
	u64 word[2];
};

struct packet {
	struct packed *desc;
	unsigned int n, left;
};

static int pack(struct packet *p, dma_addr_t dma, unsigned int len)
{
	struct packed *d = &p->desc[p->n];

	if (!p->n)
		d->word[0] |= dma << 1 | 1;
	else
		d->word[0] = (dma & 0xffffffffffffull) | (u64)len << 48;
	p->n++;
	p->left -= len;
	return p->left ? 0 : -ENOSPC;
}

int packed_handle_ok(struct card *c, struct packet *p, void *mem)
{
	dma_addr_t dma = dma_map_single(c->dev, mem, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	return pack(p, dma, 64);
}

/* --- the last reference frees, behind a helper --- */

struct space {
	struct kref refs;
	struct device *dev;
	void *table;
	dma_addr_t table_dma;
};

static void release_space(struct kref *ref)
{
	struct space *s = container_of(ref, struct space, refs);

	dma_free_coherent(s->dev, 64, s->table, s->table_dma);
	kfree(s);
}

static struct space *make_space(struct device *dev)
{
	struct space *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	s->dev = dev;
	kref_init(&s->refs);
	s->table = dma_alloc_coherent(dev, 64, &s->table_dma, GFP_KERNEL);
	if (s->table)
		return s;
	kfree(s);
	return NULL;
}

static void put_space(struct space *s)
{
	if (s)
		kref_put(&s->refs, release_space);
}

int dropped_reference_ok(struct card *c)
{
	struct space *s = make_space(c->dev);

	if (!s)
		return -ENOMEM;
	if (start(s->table)) {
		put_space(s);
		return -EIO;
	}
	put_space(s);
	return 0;
}

/* --- set up once, as a flag says; a later failure leaves it --- */

struct adapter {
	struct device *dev;
	unsigned int flags, irq;
	void *queue;
	dma_addr_t queue_dma;
};

#define SET_UP 4

static int adapter_up(struct adapter *a)
{
	if (!(a->flags & SET_UP)) {
		a->queue = dma_alloc_coherent(a->dev, 64, &a->queue_dma,
					      GFP_KERNEL);
		if (!a->queue)
			return -ENOMEM;
		if (!a->irq) {
			dma_free_coherent(a->dev, 64, a->queue, a->queue_dma);
			return -EINVAL;
		}
		a->flags |= SET_UP;
	}
	return request_irq(a->irq, NULL, 0, "adapter", a);
}

static int set_up_once_ok(struct net_device *ndev)
{
	return adapter_up(netdev_priv(ndev));
}

static int set_up_again_bad(struct net_device *ndev)
{
	struct adapter *a = netdev_priv(ndev);
	int ret;

	a->queue = dma_alloc_coherent(a->dev, 64, &a->queue_dma, GFP_KERNEL);
	if (!a->queue)
		return -ENOMEM;
	a->flags |= SET_UP;
	ret = request_irq(a->irq, NULL, 0, "adapter", a);
	if (ret)
		a->flags &= ~SET_UP;
	return ret;
}

const struct net_device_ops once_ops = { .ndo_open = set_up_once_ok };
const struct net_device_ops again_ops = { .ndo_open = set_up_again_bad };
