// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct srng {
	void *vaddr;
	dma_addr_t paddr;
	size_t size;
};

struct soc {
	struct device *dev;
	void __iomem *regs;
};

int srng_setup(struct soc *soc, struct srng *ring, unsigned int entries);
void srng_cleanup(struct soc *soc, struct srng *ring);

int srng_setup(struct soc *soc, struct srng *ring, unsigned int entries)
{
	ring->size = entries * 8;
	ring->vaddr = kzalloc(ring->size, GFP_KERNEL);
	if (!ring->vaddr)
		return -ENOMEM;
	ring->paddr = virt_to_phys(ring->vaddr);
	writel(lower_32_bits(ring->paddr), soc->regs + 0x100);
	writel(upper_32_bits(ring->paddr), soc->regs + 0x104);
	return 0;
}

void srng_cleanup(struct soc *soc, struct srng *ring)
{
	kfree(ring->vaddr);
	ring->vaddr = NULL;
}
