// SPDX-License-Identifier: GPL-2.0-or-later
/* Each acquire has its own release. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/skbuff.h>
#include <linux/usb.h>

struct priv {
	struct device *dev;
	struct dma_pool *pool;
	void *cpu;
	dma_addr_t dma;
};

int work(struct priv *p);

int kfree_coherent_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	kfree(cpu);	/* dma-api-mismatch: high */
	return 0;
}

int kfree_own_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	void *own = kmalloc(64, GFP_KERNEL);

	if (cpu)
		dma_free_coherent(p->dev, 64, cpu, dma);
	kfree(own);
	return 0;
}

int kfree_usb_bad(struct usb_device *udev)
{
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(udev, 64, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	kfree(cpu);
	return 0;
}

int usb_ok(struct usb_device *udev)
{
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(udev, 64, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	usb_free_coherent(udev, 64, cpu, dma);
	return 0;
}

int kfree_pool_block_bad(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);

	if (!block)
		return -ENOMEM;
	work(p);
	kfree(block);
	return 0;
}

int coherent_for_block_bad(struct priv *p)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(p->pool, GFP_KERNEL, &dma);

	if (!block)
		return -ENOMEM;
	work(p);
	dma_free_coherent(p->dev, 64, block, dma);
	return 0;
}

int block_for_coherent_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_pool_free(p->pool, cpu, dma);
	return 0;
}

int noncoherent_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_noncoherent(p->dev, 4096, &dma, DMA_TO_DEVICE,
					  GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_free_coherent(p->dev, 4096, cpu, dma);
	return 0;
}

int noncoherent_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_noncoherent(p->dev, 4096, &dma, DMA_TO_DEVICE,
					  GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_free_noncoherent(p->dev, 4096, cpu, dma, DMA_TO_DEVICE);
	return 0;
}

int FN_sg_as_single_bad(struct priv *p, struct scatterlist *sgl)
{
	if (!dma_map_sg(p->dev, sgl, 1, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, sg_dma_address(sgl), sg_dma_len(sgl),
			 DMA_TO_DEVICE);
	return 0;
}

/* To dma-debug these are one type. */
int page_as_single_ok(struct priv *p, struct page *page)
{
	dma_addr_t dma = dma_map_page(p->dev, page, 0, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int frag_as_page_ok(struct priv *p, const skb_frag_t *frag)
{
	dma_addr_t dma = skb_frag_dma_map(p->dev, frag, 0, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_page(p->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int sgtable_as_sg_ok(struct priv *p, struct sg_table *sgt)
{
	if (dma_map_sgtable(p->dev, sgt, DMA_TO_DEVICE, 0))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->dev, sgt->sgl, sgt->orig_nents, DMA_TO_DEVICE);
	return 0;
}

int attrs_ok(struct priv *p, void *data)
{
	dma_addr_t dma = dma_map_single_attrs(p->dev, data, 64, DMA_TO_DEVICE,
					      DMA_ATTR_WEAK_ORDERING);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int coherent_as_attrs_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_free_attrs(p->dev, 64, cpu, dma, 0);
	return 0;
}

int wc_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_wc(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	work(p);
	dma_free_wc(p->dev, 64, cpu, dma);
	return 0;
}

int resource_as_page_bad(struct priv *p, phys_addr_t phys)
{
	dma_addr_t dma = dma_map_resource(p->dev, phys, 64, DMA_TO_DEVICE, 0);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_page(p->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int resource_ok(struct priv *p, phys_addr_t phys)
{
	dma_addr_t dma = dma_map_resource(p->dev, phys, 64, DMA_TO_DEVICE, 0);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_resource(p->dev, dma, 64, DMA_TO_DEVICE, 0);
	return 0;
}

int FN_pages_bad(struct priv *p)
{
	dma_addr_t dma;
	struct page *page = dma_alloc_pages(p->dev, PAGE_SIZE, &dma,
					    DMA_TO_DEVICE, GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	work(p);
	__free_pages(page, 0);
	return 0;
}

int chosen_release_ok(struct priv *p, void *data, struct scatterlist *sgl)
{
	dma_addr_t dma = 0;

	if (sgl) {
		if (!dma_map_sg(p->dev, sgl, 1, DMA_TO_DEVICE))
			return -ENOMEM;
	} else {
		dma = dma_map_single(p->dev, data, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, dma))
			return -ENOMEM;
	}
	work(p);
	if (sgl)
		dma_unmap_sg(p->dev, sgl, 1, DMA_TO_DEVICE);
	else
		dma_unmap_single(p->dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int FN_kfree_member_bad(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (!p->cpu)
		return -ENOMEM;
	if (work(p)) {
		kfree(p->cpu);
		return -EIO;
	}
	return 0;
}

int kfree_other_member_ok(struct priv *p, struct priv *q)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	if (!p->cpu)
		return -ENOMEM;
	if (work(p)) {
		dma_free_coherent(p->dev, 64, p->cpu, p->dma);
		kfree(q);
		return -EIO;
	}
	return 0;
}
