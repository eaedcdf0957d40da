// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/pci.h>

struct chip {
	struct pci_dev *pci;
	void *silence;
	dma_addr_t silence_dma;
};

int snd_card_setup(struct chip *chip, struct pci_dev *pci);

int snd_card_setup(struct chip *chip, struct pci_dev *pci)
{
	int err = pcim_enable_device(pci);

	if (err < 0)
		return err;
	err = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(28));
	if (err)
		return err;
	chip->pci = pci;
	chip->silence = dmam_alloc_coherent(&pci->dev, 4096,
					    &chip->silence_dma, GFP_KERNEL);
	return chip->silence ? 0 : -ENOMEM;
}
