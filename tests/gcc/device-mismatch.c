// SPDX-License-Identifier: GPL-2.0-or-later
/* Acquire, test, sync and release name the same device. */
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/usb.h>

struct priv {
	struct device *dev;
	struct device *parent;
	struct pci_dev *pdev;
	struct net_device *ndev;
	struct dma_chan *tx, *rx;
	void *ring;
	dma_addr_t ring_dma;
	size_t size;
};

int work(struct priv *p);

int two_fields_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	/* dma-device-mismatch: medium */
	dma_unmap_single(p->parent, dma, len, DMA_TO_DEVICE);
	return 0;
}

int FN_tested_for_other_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->parent, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int one_field_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int netdev_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(&p->pdev->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(&p->pdev->dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(&p->ndev->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int netdev_parent_bad(struct net_device *ndev, void *data, size_t len)
{
	dma_addr_t dma;

	dma = dma_map_single(ndev->dev.parent, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(ndev->dev.parent, dma))
		return -ENOMEM;
	dma_unmap_single(&ndev->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int local_alias_ok(struct priv *p, void *data, size_t len)
{
	struct device *dev = &p->pdev->dev;
	dma_addr_t dma = dma_map_single(dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	dma_unmap_single(&p->pdev->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int probe_alias_ok(struct platform_device *pdev, size_t len)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	p->ring = dma_alloc_coherent(&pdev->dev, len, &p->ring_dma,
				     GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = work(p);
	if (ret) {
		dma_free_coherent(p->dev, len, p->ring, p->ring_dma);
		return ret;
	}
	return 0;
}

int probe_parent_ok(struct platform_device *pdev, struct net_device *ndev,
		    size_t len)
{
	struct priv *p = netdev_priv(ndev);

	SET_NETDEV_DEV(ndev, &pdev->dev);
	p->ring = dma_alloc_coherent(&pdev->dev, len, &p->ring_dma,
				     GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	dma_free_coherent(ndev->dev.parent, len, p->ring, p->ring_dma);
	return 0;
}

int coherent_bad(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->parent, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

int FN_coherent_null_bad(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	dma_free_coherent(NULL, len, cpu, dma);
	return 0;
}

int FN_channel_bad(struct priv *p, struct scatterlist *sgl, int n)
{
	if (!dma_map_sg(p->tx->device->dev, sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->rx->device->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int channel_ok(struct priv *p, struct scatterlist *sgl, int n)
{
	struct dma_chan *chan = p->tx;

	if (!dma_map_sg(chan->device->dev, sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	work(p);
	dma_unmap_sg(p->tx->device->dev, sgl, n, DMA_TO_DEVICE);
	return 0;
}

int chosen_ok(struct priv *p, void *data, size_t len, bool tx)
{
	struct device *dev = tx ? p->tx->device->dev : p->rx->device->dev;
	dma_addr_t dma = dma_map_single(dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

static struct device *to_dev(struct priv *p)
{
	return &p->pdev->dev;
}

int accessor_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(to_dev(p), data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(to_dev(p), dma))
		return -ENOMEM;
	work(p);
	dma_unmap_single(to_dev(p), dma, len, DMA_TO_DEVICE);
	return 0;
}

int accessor_mixed_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(to_dev(p), data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(&p->pdev->dev, dma))
		return -ENOMEM;
	dma_unmap_single(&p->pdev->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int FN_sync_bad(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_FROM_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	dma_sync_single_for_cpu(p->parent, dma, len, DMA_FROM_DEVICE);
	dma_unmap_single(p->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int usb_bad(struct usb_device *a, struct usb_device *b, size_t len)
{
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(a, len, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	usb_free_coherent(b, len, cpu, dma);
	return 0;
}

int usb_ok(struct usb_interface *intf, size_t len)
{
	struct usb_device *udev = interface_to_usbdev(intf);
	dma_addr_t dma;
	void *cpu = usb_alloc_coherent(udev, len, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	usb_free_coherent(interface_to_usbdev(intf), len, cpu, dma);
	return 0;
}

int drvdata_ok(struct platform_device *pdev, void *data, size_t len)
{
	struct priv *p = platform_get_drvdata(pdev);
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	work(p);
	p = platform_get_drvdata(pdev);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int ring_get(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

void ring_put_ok(struct priv *p)
{
	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
}
