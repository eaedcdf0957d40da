// SPDX-License-Identifier: GPL-2.0-or-later
/* The size released is the size acquired. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/usb.h>

struct desc {
	__le32 word[4];
};

struct table {
	struct desc desc[64];
};

struct priv {
	struct device *dev;
	void *regs;
	struct desc *ring;
	dma_addr_t ring_dma;
	struct table *table;
	dma_addr_t table_dma;
	unsigned int count;
	size_t rx_size, tx_size;
	size_t size;
	dma_addr_t dma;
};

int work(struct priv *p);

int constant_bad(struct priv *p, void *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 1536, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	/* dma-size-mismatch: high */
	dma_unmap_single(p->dev, dma, 1518, DMA_TO_DEVICE);
	return 0;
}

int constant_ok(struct priv *p, void *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 1536, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, 1024 + 512, DMA_TO_DEVICE);
	return 0;
}

int sizeof_pointer_bad(struct priv *p)
{
	struct table *t;
	dma_addr_t dma;

	t = dma_alloc_coherent(p->dev, sizeof(*t), &dma, GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	work(p);
	dma_free_coherent(p->dev, sizeof(t), t, dma);
	return 0;
}

int sizeof_struct_ok(struct priv *p)
{
	struct table *t;
	dma_addr_t dma;

	t = dma_alloc_coherent(p->dev, sizeof(*t), &dma, GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	work(p);
	dma_free_coherent(p->dev, 64 * sizeof(struct desc), t, dma);
	return 0;
}

int rx_for_tx_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, p->rx_size, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(p->dev, p->tx_size, cpu, dma);
	return 0;
}

int rx_for_rx_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, p->rx_size, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(p->dev, p->rx_size, cpu, dma);
	return 0;
}

int product_ok(struct priv *p)
{
	struct desc *ring;
	dma_addr_t dma;

	ring = dma_alloc_coherent(p->dev, p->count * sizeof(*ring), &dma,
				  GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	dma_free_coherent(p->dev, sizeof(struct desc) * p->count, ring, dma);
	return 0;
}

int product_other_element_bad(struct priv *p)
{
	struct desc *ring;
	dma_addr_t dma;

	ring = dma_alloc_coherent(p->dev, p->count * sizeof(*ring), &dma,
				  GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	dma_free_coherent(p->dev, p->count * sizeof(u32), ring, dma);
	return 0;
}

int forgotten_factor_bad(struct priv *p, unsigned int n)
{
	struct desc *ring;
	dma_addr_t dma;

	ring = dma_alloc_coherent(p->dev, n * sizeof(*ring), &dma, GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	dma_free_coherent(p->dev, n, ring, dma);
	return 0;
}

int local_size_ok(struct priv *p, unsigned int n)
{
	size_t size = PAGE_ALIGN(n * sizeof(struct desc));
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, size, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(p->dev, PAGE_ALIGN(n * sizeof(struct desc)), cpu,
			  dma);
	return 0;
}

int aligned_bad(struct priv *p, size_t n)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, PAGE_ALIGN(n), &dma,
				       GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(p->dev, n, cpu, dma);
	return 0;
}

int stored_size_ok(struct priv *p, void *data, size_t len)
{
	p->dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, p->dma))
		return -ENOMEM;
	p->size = len;
	work(p);
	dma_unmap_single(p->dev, p->dma, p->size, DMA_TO_DEVICE);
	return 0;
}

int changed_size_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	len -= 4;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int min_size_ok(struct priv *p, void *data, size_t len)
{
	size_t n = min(len, (size_t)512);
	dma_addr_t dma = dma_map_single(p->dev, data, n, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, n, DMA_TO_DEVICE);
	return 0;
}

int either_size_ok(struct priv *p, void *data, bool big)
{
	dma_addr_t dma = dma_map_single(p->dev, data, big ? 512 : 64,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, big ? 512 : 64, DMA_TO_DEVICE);
	return 0;
}

int error_path_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		dma_unmap_single(p->dev, dma, PAGE_SIZE, DMA_TO_DEVICE);
		return ret;
	}
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int FN_page_bad(struct priv *p, struct page *page, unsigned int len)
{
	dma_addr_t dma = dma_map_page(p->dev, page, 0, PAGE_SIZE,
				      DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_page(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int usb_bad(struct usb_device *udev, size_t in, size_t out)
{
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(udev, in, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	usb_free_coherent(udev, out, cpu, dma);
	return 0;
}

int usb_ok(struct usb_device *udev, size_t in)
{
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(udev, in, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	usb_free_coherent(udev, in, cpu, dma);
	return 0;
}

int ring_get(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, p->count * sizeof(*p->ring),
				     &p->ring_dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

void ring_put_ok(struct priv *p)
{
	dma_free_coherent(p->dev, p->count * sizeof(*p->ring), p->ring,
			  p->ring_dma);
}

int table_get(struct priv *p)
{
	p->table = dma_alloc_coherent(p->dev, sizeof(*p->table),
				      &p->table_dma, GFP_KERNEL);
	return p->table ? 0 : -ENOMEM;
}

/* Another function of the same file allocated another size. */
void table_put_bad(struct priv *p)
{
	dma_free_coherent(p->dev, sizeof(struct desc), p->table,
			  p->table_dma);
}

static void unmap(struct priv *p, dma_addr_t dma, size_t len)
{
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
}

int helper_bad(struct priv *p, void *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 256, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	unmap(p, dma, 128);
	return 0;
}

int helper_ok(struct priv *p, void *data)
{
	dma_addr_t dma = dma_map_single(p->dev, data, 256, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	unmap(p, dma, 256);
	return 0;
}

/* The caller counts; a call in between may or may not have changed it. */
int reread_field_ok(struct priv *p)
{
	struct desc *ring;
	dma_addr_t dma;

	ring = dma_alloc_coherent(p->dev, p->size, &dma, GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	work(p);
	dma_free_coherent(p->dev, p->size, ring, dma);
	return 0;
}

struct cleared {
	void *cpu;
	dma_addr_t dma;
	size_t size;
};

/* What memset() wrote counts no more once the member has its value. */
int cleared_then_stored_ok(struct priv *p, struct cleared *c)
{
	memset(c, 0, sizeof(*c));
	c->size = 256;
	c->cpu = dma_alloc_coherent(p->dev, 256, &c->dma, GFP_KERNEL);
	if (!c->cpu)
		return -ENOMEM;
	if (work(p)) {
		dma_free_coherent(p->dev, c->size, c->cpu, c->dma);
		return -EIO;
	}
	return 0;
}

int cleared_then_stored_bad(struct priv *p, struct cleared *c, void *data)
{
	dma_addr_t dma;

	memset(c, 0, sizeof(*c));
	c->size = 256;
	dma = dma_map_single(p->dev, data, 512, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	c->dma = dma;
	dma_unmap_single(p->dev, dma, c->size, DMA_TO_DEVICE);
	return 0;
}

/* The same member chooses twice. */
static size_t size_of_kind(unsigned int kind)
{
	switch (kind) {
	case 1:
		return 64;
	case 2:
		return 128;
	default:
		return 256;
	}
}

void switched_size_ok(struct priv *p, void *data)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, size_of_kind(p->count),
			     DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, size_of_kind(p->count), DMA_TO_DEVICE);
}

static size_t size_of_count(struct priv *p)
{
	return p->count > 4 ? 256 : 128;
}

void chosen_size_ok(struct priv *p, void *data)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, size_of_count(p), DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, size_of_count(p), DMA_TO_DEVICE);
}

void chosen_here_ok(struct priv *p, void *data)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, p->count > 4 ? 256 : 128,
			     DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, p->count > 4 ? 256 : 128,
			 DMA_TO_DEVICE);
}

void chosen_size_bad(struct priv *p, void *data)
{
	dma_addr_t dma;

	dma = dma_map_single(p->dev, data, p->count > 4 ? 256 : 128,
			     DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, dma))
		return;
	dma_unmap_single(p->dev, dma, p->count > 4 ? 128 : 256,
			 DMA_TO_DEVICE);
}

/* One pool for rings of two kinds: the factors come in another order. */
int product_of_three_ok(struct priv *p, unsigned int queues)
{
	unsigned int tx = p->count * sizeof(struct table), rx = 16 * p->count;
	dma_addr_t dma;
	void *pool = dma_alloc_coherent(p->dev, tx * queues + rx, &dma,
					GFP_KERNEL);

	if (!pool)
		return -ENOMEM;
	dma_free_coherent(p->dev, p->count * sizeof(struct desc) +
			  p->count * sizeof(struct table) * queues, pool, dma);
	return 0;
}

/* The status page is a multiple of a descriptor. */
int multiple_ok(struct priv *p, unsigned int status)
{
	dma_addr_t dma;
	void *ring = dma_alloc_coherent(p->dev, p->count * 64 + status, &dma,
					GFP_KERNEL);
	unsigned int entries = p->count + status / 64;

	if (!ring)
		return -ENOMEM;
	dma_free_coherent(p->dev, entries * 64, ring, dma);
	return 0;
}

/* What it was allocated with is not what the member says when it returns. */
struct shrunk {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
	unsigned int entries, each;
};

int shrunk_get(struct shrunk *s)
{
	s->entries = roundup(s->entries, 16);
	s->cpu = dma_alloc_coherent(s->dev, s->entries * s->each, &s->dma,
				    GFP_KERNEL);
	if (!s->cpu)
		return -ENOMEM;
	s->entries--;
	return 0;
}

void shrunk_put_ok(struct shrunk *s)
{
	dma_free_coherent(s->dev, (s->entries + 1) * s->each, s->cpu, s->dma);
}

/* Allocated and freed by hand in one function, on two ways. */
int either_way_ok(struct shrunk *s, bool own, void *memory)
{
	size_t size = 4096;

	s->cpu = memory;
	if (own) {
		size = PAGE_ALIGN(s->entries);
		s->cpu = dma_alloc_coherent(s->dev, size, &s->dma, GFP_KERNEL);
		if (!s->cpu)
			return -ENOMEM;
		return 0;
	}
	dma_free_coherent(s->dev, 4096, s->cpu, s->dma);
	return 0;
}
