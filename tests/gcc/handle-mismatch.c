// SPDX-License-Identifier: GPL-2.0-or-later
/* The pointer and the handle of a release are those of one acquire. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/usb.h>

struct desc {
	__le32 lo, hi;
	__le64 addr;
};

struct buf {
	void *cpu;
	dma_addr_t dma;
	size_t len;
};

struct priv {
	struct device *dev;
	void *regs;
	struct buf rx, tx;
	struct buf buf[8];
	struct desc *ring;
	struct dma_pool *pool;
	void *base;
	dma_addr_t base_dma;
};

int work(struct priv *p);

int FN_other_handle_bad(struct priv *p, size_t len)
{
	int ret = -ENOMEM;

	p->rx.cpu = dma_alloc_coherent(p->dev, len, &p->rx.dma, GFP_KERNEL);
	if (!p->rx.cpu)
		return ret;
	p->tx.cpu = dma_alloc_coherent(p->dev, len, &p->tx.dma, GFP_KERNEL);
	if (!p->tx.cpu)
		goto err;
	return 0;
err:
	dma_free_coherent(p->dev, len, p->rx.cpu, p->tx.dma);
	return ret;
}

int own_handle_ok(struct priv *p, size_t len)
{
	int ret = -ENOMEM;

	p->rx.cpu = dma_alloc_coherent(p->dev, len, &p->rx.dma, GFP_KERNEL);
	if (!p->rx.cpu)
		return ret;
	p->tx.cpu = dma_alloc_coherent(p->dev, len, &p->tx.dma, GFP_KERNEL);
	if (!p->tx.cpu)
		goto err;
	return 0;
err:
	dma_free_coherent(p->dev, len, p->rx.cpu, p->rx.dma);
	return ret;
}

int local_swapped_bad(struct priv *p, size_t len)
{
	dma_addr_t a_dma, b_dma;
	void *a, *b;

	a = dma_alloc_coherent(p->dev, len, &a_dma, GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	b = dma_alloc_coherent(p->dev, len, &b_dma, GFP_KERNEL);
	if (!b) {
		dma_free_coherent(p->dev, len, a, a_dma);
		return -ENOMEM;
	}
	work(p);
	dma_free_coherent(p->dev, len, a, b_dma);
	dma_free_coherent(p->dev, len, b, a_dma);
	return 0;
}

int aligned_bad(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len + 16, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	cpu = PTR_ALIGN(cpu, 16);
	work(p);
	dma_free_coherent(p->dev, len + 16, cpu, dma);
	return 0;
}

int aligned_copy_ok(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len + 16, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	p->ring = PTR_ALIGN(cpu, 16);
	work(p);
	dma_free_coherent(p->dev, len + 16, cpu, dma);
	return 0;
}

int advanced_bad(struct priv *p)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	*cpu++ = 1;
	*cpu++ = 2;
	work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int advanced_copy_ok(struct priv *p)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	u32 *cursor = cpu;

	if (!cpu)
		return -ENOMEM;
	*cursor++ = 1;
	*cursor++ = 2;
	work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int FN_handle_plus_offset_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma + 64, len, DMA_TO_DEVICE);
	return 0;
}

int offset_undone_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	dma += 64;
	writel(lower_32_bits(dma), p->regs);
	work(p);
	dma_unmap_single(p->dev, dma - 64, len, DMA_TO_DEVICE);
	return 0;
}

int FN_masked_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma & ~0xfffULL, len, DMA_TO_DEVICE);
	return 0;
}

int right_index_ok(struct priv *p)
{
	int i, j;

	for (i = 0; i < 8; i++) {
		p->buf[i].dma = dma_map_single(p->dev, p->buf[i].cpu, 64,
					       DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->buf[i].dma))
			goto unwind;
	}
	return 0;
unwind:
	for (j = 0; j < i; j++)
		dma_unmap_single(p->dev, p->buf[j].dma, 64, DMA_TO_DEVICE);
	return -ENOMEM;
}

int FN_pool_handle_bad(struct priv *p)
{
	dma_addr_t a_dma, b_dma;
	void *a = dma_pool_alloc(p->pool, GFP_KERNEL, &a_dma);
	void *b;

	if (!a)
		return -ENOMEM;
	b = dma_pool_alloc(p->pool, GFP_KERNEL, &b_dma);
	if (!b) {
		dma_pool_free(p->pool, a, b_dma);
		return -ENOMEM;
	}
	work(p);
	dma_pool_free(p->pool, b, b_dma);
	dma_pool_free(p->pool, a, a_dma);
	return 0;
}

int pool_handle_ok(struct priv *p)
{
	dma_addr_t a_dma, b_dma;
	void *a = dma_pool_alloc(p->pool, GFP_KERNEL, &a_dma);
	void *b;

	if (!a)
		return -ENOMEM;
	b = dma_pool_alloc(p->pool, GFP_KERNEL, &b_dma);
	if (!b) {
		dma_pool_free(p->pool, a, a_dma);
		return -ENOMEM;
	}
	work(p);
	dma_pool_free(p->pool, b, b_dma);
	dma_pool_free(p->pool, a, a_dma);
	return 0;
}

/* Kept in the descriptor, read back from it, in whichever byte order. */
int through_descriptor_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring->addr = cpu_to_le64(dma);
	work(p);
	dma_unmap_single(p->dev, le64_to_cpu(p->ring->addr), len,
			 DMA_TO_DEVICE);
	return 0;
}

int through_halves_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->ring->lo = cpu_to_le32(lower_32_bits(dma));
	p->ring->hi = cpu_to_le32(upper_32_bits(dma));
	work(p);
	dma = le32_to_cpu(p->ring->lo) | (u64)le32_to_cpu(p->ring->hi) << 32;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int FN_one_halves_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, lower_32_bits(dma), len, DMA_TO_DEVICE);
	return 0;
}

int field_moved_ok(struct priv *p, size_t len)
{
	p->rx.cpu = dma_alloc_coherent(p->dev, len, &p->rx.dma, GFP_KERNEL);
	if (!p->rx.cpu)
		return -ENOMEM;
	p->base = p->rx.cpu;
	p->base_dma = p->rx.dma;
	if (work(p)) {
		dma_free_coherent(p->dev, len, p->base, p->base_dma);
		p->rx.cpu = NULL;
		return -EIO;
	}
	return 0;
}

int swap_on_flag_ok(struct priv *p, size_t len, bool tx)
{
	struct buf *b = tx ? &p->tx : &p->rx;

	b->cpu = dma_alloc_coherent(p->dev, len, &b->dma, GFP_KERNEL);
	if (!b->cpu)
		return -ENOMEM;
	if (work(p)) {
		dma_free_coherent(p->dev, len, b->cpu, b->dma);
		b->cpu = NULL;
		return -EIO;
	}
	return 0;
}

int FN_cpu_for_handle_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, (dma_addr_t)(unsigned long)data, len,
			 DMA_TO_DEVICE);
	return 0;
}

int FN_usb_bad(struct usb_device *udev, struct priv *p)
{
	dma_addr_t in_dma, out_dma;
	void *in, *out;

	in = usb_alloc_coherent(udev, 64, GFP_KERNEL, &in_dma);
	if (!in)
		return -ENOMEM;
	out = usb_alloc_coherent(udev, 64, GFP_KERNEL, &out_dma);
	if (!out) {
		usb_free_coherent(udev, 64, in, in_dma);
		return -ENOMEM;
	}
	work(p);
	usb_free_coherent(udev, 64, in, in_dma);
	usb_free_coherent(udev, 64, out, in_dma);
	return 0;
}

/* The text that is printed may not write into what it is given to print. */
int handle_printed_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu;

	cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	p->rx.dma = dma;
	p->rx.cpu = cpu;
	dev_info(p->dev, "at %p %pad\n", cpu, &dma);
	p->tx.cpu = dma_alloc_coherent(p->dev, 64, &p->tx.dma, GFP_KERNEL);
	if (!p->tx.cpu) {
		dma_free_coherent(p->dev, 64, cpu, dma);
		p->rx.cpu = NULL;
		return -ENOMEM;
	}
	return 0;
}

/* A request that a function outside fills in holds what it was given. */
int filled_in_ok(struct usb_device *udev, usb_complete_t done)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	void *buf;

	if (!urb)
		return -ENOMEM;
	buf = usb_alloc_coherent(udev, 64, GFP_KERNEL, &urb->transfer_dma);
	if (!buf) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	usb_fill_int_urb(urb, udev, 0, buf, 64, done, NULL, 8);
	usb_free_coherent(udev, 64, urb->transfer_buffer, urb->transfer_dma);
	usb_free_urb(urb);
	return 0;
}
