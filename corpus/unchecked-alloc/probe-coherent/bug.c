// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/pci.h>
#include <linux/dma-mapping.h>

#define TUNER_RING	(188 * 64)

struct tuner {
	struct pci_dev *pdev;
	void __iomem *regs;
	u8 *ts_buf;
	dma_addr_t ts_dma;
};

static void tuner_hw_exit(struct tuner *tuner)
{
	writel(0, tuner->regs + 0x0);
	dma_free_coherent(&tuner->pdev->dev, TUNER_RING, tuner->ts_buf,
			  tuner->ts_dma);
}

static int tuner_hw_init(struct tuner *tuner)
{
	tuner->ts_buf = dma_alloc_coherent(&tuner->pdev->dev, TUNER_RING,
					   &tuner->ts_dma, GFP_KERNEL);
	memset(tuner->ts_buf, 0, TUNER_RING);
	writel(lower_32_bits(tuner->ts_dma), tuner->regs + 0x4);
	writel(TUNER_RING, tuner->regs + 0x8);
	return 0;
}

static int tuner_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct tuner *tuner;
	int err;

	tuner = kzalloc(sizeof(*tuner), GFP_KERNEL);
	if (!tuner)
		return -ENOMEM;
	tuner->pdev = pdev;
	tuner->regs = pci_iomap(pdev, 0, 0);
	if (!tuner->regs) {
		err = -ENODEV;
		goto err_free;
	}
	err = tuner_hw_init(tuner);
	if (err)
		goto err_unmap;
	pci_set_drvdata(pdev, tuner);
	return 0;

err_unmap:
	pci_iounmap(pdev, tuner->regs);
err_free:
	kfree(tuner);
	return err;
}

static void tuner_remove(struct pci_dev *pdev)
{
	struct tuner *tuner = pci_get_drvdata(pdev);

	tuner_hw_exit(tuner);
	pci_iounmap(pdev, tuner->regs);
	kfree(tuner);
}

static struct pci_driver tuner_driver = {
	.name = "tuner",
	.probe = tuner_probe,
	.remove = tuner_remove,
};
module_pci_driver(tuner_driver);
