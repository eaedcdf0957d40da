// SPDX-License-Identifier: GPL-2.0-or-later
/* A device is given DMA addresses, not physical ones. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/slab.h>

struct desc {
	__le32 lo, hi;
	__le64 addr;
};

struct priv {
	struct device *dev;
	void *regs;
	struct desc *ring;
	void *buf;
	dma_addr_t buf_dma;
	phys_addr_t buf_phys;
	resource_size_t base;
};

int work(struct priv *p);
void note(u64 value);

int writel_bad(struct priv *p)
{
	void *buf = kmalloc(256, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	writel(virt_to_phys(buf), p->regs);	/* dma-missing-map: medium */
	work(p);
	kfree(buf);
	return 0;
}

int writel_ok(struct priv *p)
{
	void *buf = kmalloc(256, GFP_KERNEL);
	dma_addr_t dma;

	if (!buf)
		return -ENOMEM;
	dma = dma_map_single(p->dev, buf, 256, DMA_TO_DEVICE);
	if (!dma_mapping_error(p->dev, dma)) {
		writel(dma, p->regs);
		work(p);
		dma_unmap_single(p->dev, dma, 256, DMA_TO_DEVICE);
	}
	kfree(buf);
	return 0;
}

int dma_addr_field_bad(struct priv *p)
{
	p->buf = kzalloc(256, GFP_KERNEL);
	if (!p->buf)
		return -ENOMEM;
	p->buf_dma = virt_to_phys(p->buf);
	return 0;
}

/* A physical address may be kept as what it is. */
int phys_field_ok(struct priv *p)
{
	p->buf = kzalloc(256, GFP_KERNEL);
	if (!p->buf)
		return -ENOMEM;
	p->buf_phys = virt_to_phys(p->buf);
	note(p->buf_phys);
	return 0;
}

int halves_bad(struct priv *p)
{
	void *buf = (void *)__get_free_page(GFP_KERNEL);
	u64 addr;

	if (!buf)
		return -ENOMEM;
	addr = virt_to_phys(buf);
	writel(lower_32_bits(addr), p->regs);
	writel(upper_32_bits(addr), p->regs + 4);
	work(p);
	free_page((unsigned long)buf);
	return 0;
}

int pa_bad(struct priv *p)
{
	void *buf = kmalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	writel(__pa(buf), p->regs);
	work(p);
	kfree(buf);
	return 0;
}

int page_to_phys_bad(struct priv *p)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	writeq(page_to_phys(page), p->regs);
	work(p);
	__free_page(page);
	return 0;
}

int page_map_ok(struct priv *p)
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t dma;

	if (!page)
		return -ENOMEM;
	dma = dma_map_page(p->dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	if (!dma_mapping_error(p->dev, dma)) {
		writeq(dma, p->regs);
		work(p);
		dma_unmap_page(p->dev, dma, PAGE_SIZE, DMA_TO_DEVICE);
	}
	__free_page(page);
	return 0;
}

int resource_ok(struct priv *p)
{
	dma_addr_t dma = dma_map_resource(p->dev, p->base, 4, DMA_TO_DEVICE,
					  0);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(dma, p->regs);
	work(p);
	dma_unmap_resource(p->dev, dma, 4, DMA_TO_DEVICE, 0);
	return 0;
}

int print_ok(struct priv *p)
{
	dev_info(p->dev, "buffer at %llx\n", virt_to_phys(p->buf));
	return 0;
}

bool same_page_ok(void *a, void *b)
{
	return virt_to_phys(a) >> PAGE_SHIFT == virt_to_phys(b) >> PAGE_SHIFT;
}

/* What it points to may be the device's own memory. */
void unknown_memory_ok(struct priv *p)
{
	p->buf_dma = virt_to_phys(p->buf);
}
