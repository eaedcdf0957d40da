// SPDX-License-Identifier: GPL-2.0-or-later
/* What was released is neither read by the CPU nor given to the device. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/usb.h>
#include <linux/completion.h>

struct node {
	struct node *next;
	dma_addr_t dma;
	__le32 status;
	u32 value;
};

struct priv {
	struct device *dev;
	void *regs;
	struct node *ring;
	dma_addr_t ring_dma;
	struct dma_pool *pool;
	struct node *slot[8];
	u32 last;
};

int work(struct priv *p);
void consume(void *data);

int read_local_bad(struct device *dev)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);
	u32 value;

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(dev, 64, cpu, dma);
	value = cpu[1];	/* dma-use-after-free: high */
	return value;
}

int read_local_ok(struct device *dev)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);
	u32 value;

	if (!cpu)
		return -ENOMEM;
	value = cpu[1];
	dma_free_coherent(dev, 64, cpu, dma);
	return value;
}

void write_field_bad(struct priv *p)
{
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
	p->ring->status = 0;
}

void write_field_ok(struct priv *p)
{
	p->ring->status = 0;
	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
	p->ring = NULL;
	p->ring_dma = 0;
}

int replaced_ok(struct priv *p)
{
	struct node *ring;
	dma_addr_t dma;

	dma_free_coherent(p->dev, 64, p->ring, p->ring_dma);
	ring = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	p->ring = ring;
	p->ring_dma = dma;
	p->ring->status = 0;
	return 0;
}

void FN_pool_next_bad(struct priv *p, struct node *n)
{
	while (n) {
		dma_pool_free(p->pool, n, n->dma);
		n = n->next;
	}
}

void pool_next_ok(struct priv *p, struct node *n)
{
	struct node *next;

	for (; n; n = next) {
		next = n->next;
		dma_pool_free(p->pool, n, n->dma);
	}
}

/* The handle in the block is read before the call, not after it. */
void handle_inside_ok(struct priv *p, struct node *n)
{
	dma_pool_free(p->pool, n, n->dma);
}

int memset_bad(struct device *dev, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(dev, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(dev, len, cpu, dma);
	memset(cpu, 0, len);
	return 0;
}

int memset_ok(struct device *dev, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(dev, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	memset(cpu, 0, len);
	dma_free_coherent(dev, len, cpu, dma);
	return 0;
}

int FN_handle_to_device_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	writel(lower_32_bits(dma), p->regs);
	return work(p);
}

int handle_to_device_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(lower_32_bits(dma), p->regs);
	ret = work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

/* The CPU may read memory that it has taken back by unmapping. */
int read_after_unmap_ok(struct priv *p, u32 *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return data[0];
}

/* Printing the number of a released handle is harmless. */
void print_handle_ok(struct priv *p, size_t len, void *cpu, dma_addr_t dma)
{
	dma_free_coherent(p->dev, len, cpu, dma);
	dev_info(p->dev, "freed %llx\n", dma);
}

int compare_pointer_ok(struct priv *p, struct node *cpu, dma_addr_t dma)
{
	dma_free_coherent(p->dev, 64, cpu, dma);
	if (p->ring == cpu)
		p->ring = NULL;
	return 0;
}

static void drop(struct priv *p, struct node *n)
{
	dma_pool_free(p->pool, n, n->dma);
}

u32 helper_frees_bad(struct priv *p, struct node *n)
{
	drop(p, n);
	return n->value;
}

u32 helper_frees_ok(struct priv *p, struct node *n)
{
	u32 value = n->value;

	drop(p, n);
	return value;
}

u32 only_on_error_ok(struct priv *p, struct node *n)
{
	if (work(p)) {
		drop(p, n);
		return 0;
	}
	return n->value;
}

u32 only_on_error_bad(struct priv *p, struct node *n)
{
	if (work(p))
		drop(p, n);
	return n->value;
}

int usb_bad(struct usb_device *udev)
{
	dma_addr_t dma;
	u8 *cpu = usb_alloc_coherent(udev, 8, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	usb_free_coherent(udev, 8, cpu, dma);
	return cpu[0];
}

int usb_ok(struct usb_device *udev)
{
	dma_addr_t dma;
	u8 *cpu = usb_alloc_coherent(udev, 8, GFP_KERNEL, &dma);
	int first;

	if (!cpu)
		return -ENOMEM;
	first = cpu[0];
	usb_free_coherent(udev, 8, cpu, dma);
	return first;
}

void other_slot_ok(struct priv *p, int i)
{
	struct node *keep = p->slot[i + 1];

	drop(p, p->slot[i]);
	keep->status = 0;
}

void loop_slots_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->slot[i]->status = 0;
		drop(p, p->slot[i]);
	}
}

int FN_pool_after_destroy_bad(struct device *dev)
{
	struct dma_pool *pool = dma_pool_create("x", dev, 64, 64, 0);
	dma_addr_t dma;
	void *block;

	if (!pool)
		return -ENOMEM;
	dma_pool_destroy(pool);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	if (!block)
		return -ENOMEM;
	consume(block);
	dma_pool_free(pool, block, dma);
	return 0;
}

/* What a pointer is may be told when what it leads to is gone. */
void told_ok(struct device *dev)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return;
	dma_free_coherent(dev, 64, cpu, dma);
	_dev_err(dev, "%p was freed", cpu);
}
