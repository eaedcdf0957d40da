// SPDX-License-Identifier: GPL-2.0-or-later
/* DMA addresses that are taken for physical ones. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/usb.h>

struct node {
	__le32 next, len;
};

struct slot {
	dma_addr_t dma;
	phys_addr_t phys;
	u64 both;
	void *cpu;
};

struct priv {
	struct device *dev;
	struct dma_pool *pool;
	struct node *first;
	struct slot slot[8];
	void *base;
	dma_addr_t base_dma;
	phys_addr_t base_phys;
	struct iommu_domain *domain;
};

void use(void *data);
phys_addr_t iommu_iova_to_phys(struct iommu_domain *domain, dma_addr_t iova);

int straight_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	use(phys_to_virt(dma));	/* dma-handle-as-physical: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int aligned_bad(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	use(phys_to_virt(dma & ~63ull));
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

int link_ok(struct priv *p, struct node *n)
{
	dma_addr_t dma;
	struct node *next = dma_pool_alloc(p->pool, GFP_ATOMIC, &dma);

	if (!next)
		return -ENOMEM;
	n->next = cpu_to_le32(dma);
	p->first = next;
	return 0;
}

struct node *follow_bad(struct node *n)
{
	return phys_to_virt(le32_to_cpu(n->next));
}

void transfer_bad(struct urb *urb)
{
	use(phys_to_virt(urb->transfer_dma));
}

/* It was translated, where there is anything to translate. */
void domain_ok(struct priv *p, struct slot *s)
{
	phys_addr_t phys = p->domain ?
			   iommu_iova_to_phys(p->domain, s->dma) : s->dma;

	use(phys_to_virt(phys));
}

int fill_slots_ok(struct priv *p, struct slot *s, size_t len)
{
	s->phys = virt_to_phys(s->cpu);
	s->both = virt_to_phys(s->cpu);
	s->dma = dma_map_single(p->dev, s->cpu, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, s->dma))
		return -ENOMEM;
	return 0;
}

int other_use_of_the_member_ok(struct priv *p, struct slot *s)
{
	s->both = s->dma;
	return 0;
}

void physical_ok(struct slot *s)
{
	use(phys_to_virt(s->phys));
	use(phys_to_virt(s->both));
}

/* How far the address lies from the beginning is the same in both. */
void offset_ok(struct priv *p, struct slot *s)
{
	use(p->base + (s->dma - p->base_dma));
	use(phys_to_virt(p->base_phys + (s->dma - p->base_dma)));
}

/* From the device tree, or a bus: dma_addr_t is only its type. */
void of_type_ok(dma_addr_t where)
{
	use(phys_to_virt(where));
}

/*
 * As the kernel computes the page of a physical address; and one allocation
 * that holds an array of addresses of each kind.
 */
extern unsigned long vmemmap_base;

struct frame {
	char rest[64];
};

#define frame_of(pfn)	((struct frame *)vmemmap_base + (pfn))

static void put_frame(unsigned long addr)
{
	use(frame_of(addr >> 12));
}

int arrays_bad(struct priv *p, struct frame **f, u64 *both, unsigned long n)
{
	dma_addr_t *dma = (dma_addr_t *)both;
	u64 *phys = both + n;
	unsigned long i;

	for (i = 0; i < n; i++) {
		phys[i] = iommu_iova_to_phys(p->domain, i);
		dma[i] = dma_map_single(p->dev, f[i], 64, DMA_FROM_DEVICE);
		if (dma_mapping_error(p->dev, dma[i]))
			goto undo;
	}
	return 0;
undo:
	while (i--)
		put_frame(dma[i]);	/* dma-handle-as-physical */
	return -ENOMEM;
}

int arrays_ok(struct priv *p, struct frame **f, u64 *both, unsigned long n)
{
	dma_addr_t *dma = (dma_addr_t *)both;
	u64 *phys = both + n;
	unsigned long i;

	for (i = 0; i < n; i++) {
		phys[i] = iommu_iova_to_phys(p->domain, i);
		dma[i] = dma_map_single(p->dev, f[i], 64, DMA_FROM_DEVICE);
		if (dma_mapping_error(p->dev, dma[i]))
			goto undo;
	}
	return 0;
undo:
	while (i--) {
		dma_unmap_single(p->dev, dma[i], 64, DMA_FROM_DEVICE);
		put_frame(phys[i]);
	}
	return -ENOMEM;
}
