/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_PCI_H
#define SIM_LINUX_PCI_H

#include <linux/device.h>
#include <linux/io.h>
#include <linux/module.h>

struct pci_dev {
	unsigned short vendor;
	struct device dev;
	unsigned int irq;
};

struct pci_device_id {
	u32 vendor, device;
};

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;
	int (*probe)(struct pci_dev *pdev, const struct pci_device_id *id);
	void (*remove)(struct pci_dev *pdev);
	struct device_driver driver;
};

static inline void *pci_get_drvdata(struct pci_dev *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void pci_set_drvdata(struct pci_dev *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

int pci_enable_device(struct pci_dev *pdev);
void pci_disable_device(struct pci_dev *pdev);
int pcim_enable_device(struct pci_dev *pdev);
void pci_set_master(struct pci_dev *pdev);
int pci_request_regions(struct pci_dev *pdev, const char *name);
void pci_release_regions(struct pci_dev *pdev);
void *pci_iomap(struct pci_dev *pdev, int bar, unsigned long max);
void *pcim_iomap(struct pci_dev *pdev, int bar, unsigned long max);
void pci_iounmap(struct pci_dev *pdev, void *addr);
int pci_alloc_irq_vectors(struct pci_dev *pdev, unsigned int lo,
			  unsigned int hi, unsigned int flags);
void pci_free_irq_vectors(struct pci_dev *pdev);
int pci_register_driver(struct pci_driver *drv);
#define module_pci_driver(drv)	module_driver(drv, pci_register_driver)

#endif
