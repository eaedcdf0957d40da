// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Somebody else releases: what reads the handle back from where it was put,
 * the last reference, the head of a list, the caller.
 */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/skbuff.h>

struct packed_le64 {
	__le64 x;
} __attribute__((packed));

struct sg_entry {
	__le64 address;
	__le32 length;
};

struct request {
	u32 type;
	struct sg_entry sg[4];
};

struct object {
	int count;
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
};

struct link {
	struct list_head list, node;
	dma_addr_t dma;
};

struct priv {
	struct device *dev;
	void *regs;
	struct object *object;
	struct dma_pool *pool;
	void *ring;
	dma_addr_t ring_dma;
	struct sk_buff *skb[4];
};

int work(struct priv *p);
void submit(struct request *r);

/* --- a handle that is read back --- */

static inline void store_le64(u64 value, void *to)
{
	((struct packed_le64 *)to)->x = cpu_to_le64(value);
}

static inline u64 load_le64(const void *from)
{
	return le64_to_cpu(((const struct packed_le64 *)from)->x);
}

static int map_entry(struct priv *p, struct sg_entry *sg, void *data,
		     size_t len)
{
	dma_addr_t dma;

	if (!data || len == 0)
		return 0;
	dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	store_le64(dma, &sg->address);
	sg->length = cpu_to_le32(len);
	return 0;
}

static void unmap_entries(struct priv *p, struct sg_entry *sg, int n)
{
	int i;

	for (i = 0; i < n; i++)
		dma_unmap_single(p->dev, load_le64(&sg[i].address),
				 le32_to_cpu(sg[i].length), DMA_TO_DEVICE);
}

int read_back_ok(struct priv *p, void *data)
{
	struct request request;
	int ret;

	memset(&request, 0, sizeof(request));
	ret = map_entry(p, &request.sg[0], data, 64);
	if (ret)
		return ret;
	submit(&request);
	unmap_entries(p, &request.sg[0], 1);
	return work(p);
}

int read_back_bad(struct priv *p, void *data)
{
	struct request request;
	int ret;

	memset(&request, 0, sizeof(request));
	ret = map_entry(p, &request.sg[0], data, 64);
	if (ret)
		return ret;
	ret = work(p);
	if (ret)
		return ret;
	unmap_entries(p, &request.sg[0], 1);
	return 0;
}

/* --- the last reference --- */

static void put_object(struct object *o)
{
	if (--o->count)
		return;
	if (o->cpu)
		dma_free_coherent(o->dev, 64, o->cpu, o->dma);
	kfree(o);
}

static void drop_object(struct priv *p)
{
	struct object *o = p->object;

	p->object = NULL;
	put_object(o);
}

static struct object *get_object(struct priv *p)
{
	struct object *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (!o)
		return NULL;
	o->count = 1;
	o->dev = p->dev;
	o->cpu = dma_alloc_coherent(p->dev, 64, &o->dma, GFP_KERNEL);
	if (!o->cpu) {
		put_object(o);
		return NULL;
	}
	return o;
}

int last_reference_ok(struct priv *p)
{
	p->object = get_object(p);
	if (!p->object)
		return -ENOMEM;
	if (work(p)) {
		drop_object(p);
		return -EIO;
	}
	return 0;
}

/* --- the head of a list --- */

static void put_chain(struct priv *p, struct link *first)
{
	struct link *l, *next;

	if (!first)
		return;
	list_for_each_entry_safe(l, next, &first->list, node) {
		list_del(&l->node);
		dma_pool_free(p->pool, l, l->dma);
	}
	dma_pool_free(p->pool, first, first->dma);
}

static struct link *get_link(struct priv *p)
{
	dma_addr_t dma;
	struct link *l = dma_pool_zalloc(p->pool, GFP_KERNEL, &dma);

	if (!l)
		return NULL;
	INIT_LIST_HEAD(&l->list);
	l->dma = dma;
	return l;
}

struct link *chain_ok(struct priv *p, int n)
{
	struct link *first = NULL, *l;

	while (n--) {
		l = get_link(p);
		if (!l)
			goto err;
		if (!first)
			first = l;
		else
			list_add_tail(&l->node, &first->list);
	}
	return first;
err:
	put_chain(p, first);
	return NULL;
}

struct link *chain_bad(struct priv *p, int n)
{
	struct link *first = get_link(p), *second;

	if (!first)
		return NULL;
	second = get_link(p);
	if (!second)
		return NULL;
	list_add_tail(&second->node, &first->list);
	return first;
}

/* --- the caller --- */

static int init_all_ok(struct priv *p)
{
	int i;

	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	for (i = 0; i < 4; i++) {
		struct sk_buff *skb = netdev_alloc_skb(NULL, 64);
		dma_addr_t *mapping;

		if (!skb)
			return -ENOMEM;
		p->skb[i] = skb;
		mapping = (dma_addr_t *)skb->cb;
		*mapping = dma_map_single(p->dev, skb->data, 64,
					  DMA_FROM_DEVICE);
		if (dma_mapping_error(p->dev, *mapping)) {
			dev_kfree_skb_any(skb);
			p->skb[i] = NULL;
			return -ENOMEM;
		}
	}
	return 0;
}

static void free_all(struct priv *p)
{
	int i;

	for (i = 0; i < 4; i++) {
		struct sk_buff *skb = p->skb[i];

		if (!skb)
			continue;
		dma_unmap_single(p->dev, *(dma_addr_t *)skb->cb, 64,
				 DMA_FROM_DEVICE);
		dev_kfree_skb_any(skb);
	}
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
	p->ring = NULL;
}

int caller_frees_ok(struct priv *p)
{
	int ret = init_all_ok(p);

	if (ret)
		goto err;
	ret = work(p);
	if (ret)
		goto err;
	return 0;
err:
	free_all(p);
	return ret;
}
