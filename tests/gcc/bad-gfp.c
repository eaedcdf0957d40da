// SPDX-License-Identifier: GPL-2.0-or-later
/* The DMA API chooses zone and shape; callers may say how hard to try. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/slab.h>
#include <linux/usb.h>

#define COMP	(GFP_KERNEL | __GFP_COMP)

struct priv {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
	gfp_t gfp;
};

int comp_bad(struct priv *p)
{
	/* dma-bad-gfp: high */
	void *cpu = dma_alloc_coherent(p->dev, 64, &p->dma, COMP);

	p->cpu = cpu;
	return cpu ? 0 : -ENOMEM;
}

int kernel_ok(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL);
	return p->cpu ? 0 : -ENOMEM;
}

int atomic_ok(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_ATOMIC);
	return p->cpu ? 0 : -ENOMEM;
}

int nowarn_zero_ok(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma,
				    GFP_KERNEL | __GFP_NOWARN | __GFP_ZERO);
	return p->cpu ? 0 : -ENOMEM;
}

int variable_bad(struct priv *p, bool atomic)
{
	gfp_t gfp = (atomic ? GFP_ATOMIC : GFP_KERNEL) | __GFP_COMP;

	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, gfp);
	return p->cpu ? 0 : -ENOMEM;
}

int variable_ok(struct priv *p, bool atomic)
{
	gfp_t gfp = atomic ? GFP_ATOMIC : GFP_KERNEL;

	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, gfp);
	return p->cpu ? 0 : -ENOMEM;
}

int parameter_ok(struct priv *p, gfp_t gfp)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, gfp);
	return p->cpu ? 0 : -ENOMEM;
}

int parameter_or_bad(struct priv *p, gfp_t gfp)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, gfp | __GFP_COMP);
	return p->cpu ? 0 : -ENOMEM;
}

int masked_out_ok(struct priv *p, gfp_t gfp)
{
	gfp &= ~(__GFP_COMP | __GFP_DMA | __GFP_DMA32 | __GFP_HIGHMEM);
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, gfp);
	return p->cpu ? 0 : -ENOMEM;
}

int zone_bad(struct priv *p)
{
	p->cpu = dma_alloc_coherent(p->dev, 64, &p->dma, GFP_KERNEL | GFP_DMA);
	return p->cpu ? 0 : -ENOMEM;
}

int noncoherent_zone_bad(struct priv *p)
{
	p->cpu = dma_alloc_noncoherent(p->dev, 4096, &p->dma, DMA_TO_DEVICE,
				       GFP_KERNEL | GFP_DMA32);
	return p->cpu ? 0 : -ENOMEM;
}

int noncoherent_ok(struct priv *p)
{
	p->cpu = dma_alloc_noncoherent(p->dev, 4096, &p->dma, DMA_TO_DEVICE,
				       GFP_KERNEL);
	return p->cpu ? 0 : -ENOMEM;
}

int pages_highmem_bad(struct priv *p)
{
	p->cpu = dma_alloc_pages(p->dev, PAGE_SIZE, &p->dma, DMA_TO_DEVICE,
				 GFP_KERNEL | __GFP_HIGHMEM);
	return p->cpu ? 0 : -ENOMEM;
}

int managed_bad(struct priv *p)
{
	p->cpu = dmam_alloc_coherent(p->dev, 64, &p->dma,
				     GFP_KERNEL | __GFP_COMP);
	return p->cpu ? 0 : -ENOMEM;
}

/* kmalloc and the page allocator may be asked for a zone. */
int kmalloc_zone_ok(struct priv *p)
{
	p->cpu = kmalloc(64, GFP_KERNEL | GFP_DMA);
	return p->cpu ? 0 : -ENOMEM;
}

struct page *compound_page_ok(void)
{
	return alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
}
