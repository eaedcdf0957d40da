// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/pci.h>

struct tv {
	struct device *dev;
	u32 *risc;
	dma_addr_t risc_dma;
};

int tv_probe(struct tv *tv, struct pci_dev *pdev);

static int tv_alloc_risc(struct tv *tv)
{
	tv->risc = dma_alloc_coherent(tv->dev, 4096, &tv->risc_dma,
				      GFP_KERNEL);
	return tv->risc ? 0 : -ENOMEM;
}

int tv_probe(struct tv *tv, struct pci_dev *pdev)
{
	tv->dev = &pdev->dev;
	pci_set_master(pdev);
	if (dma_set_mask_and_coherent(tv->dev, DMA_BIT_MASK(24)))
		dev_err(tv->dev, "no memory below 16 MiB\n");
	return tv_alloc_risc(tv);
}
