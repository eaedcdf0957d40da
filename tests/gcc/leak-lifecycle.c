// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What callbacks leave behind. Each driver has structures of its own: a
 * finding is of the callback that ends without a release, or of the acquire if
 * nothing releases at all.
 */
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

#define RING	4096

/* --- a ring that remove forgets --- */

struct never {
	void *ring;
	dma_addr_t dma;
};

static int never_probe_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct never *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	/* dma-leak-lifecycle: high */
	p->ring = dma_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	return 0;
}

static void never_remove(struct pci_dev *pdev)
{
	struct never *p = pci_get_drvdata(pdev);

	memset(p->ring, 0, RING);
}

struct pci_driver never_driver = {
	.probe = never_probe_bad,
	.remove = never_remove,
};

/* --- the same, released by remove --- */

struct paired {
	void *ring;
	dma_addr_t dma;
};

static int paired_probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct paired *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->ring = dma_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	return 0;
}

static void paired_remove_ok(struct pci_dev *pdev)
{
	struct paired *p = pci_get_drvdata(pdev);

	dma_free_coherent(&pdev->dev, RING, p->ring, p->dma);
}

struct pci_driver paired_driver = {
	.probe = paired_probe_ok,
	.remove = paired_remove_ok,
};

/* --- devres does it --- */

struct managed {
	void *ring;
	dma_addr_t dma;
};

static int managed_probe_ok(struct pci_dev *pdev,
			    const struct pci_device_id *id)
{
	struct managed *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->ring = dmam_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	return 0;
}

static void managed_remove_ok(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
}

struct pci_driver managed_driver = {
	.probe = managed_probe_ok,
	.remove = managed_remove_ok,
};

struct acted {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

static void acted_release(void *data)
{
	struct acted *p = data;

	dma_free_coherent(p->dev, RING, p->ring, p->dma);
}

static int acted_probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct acted *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	p->ring = dma_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	pci_set_drvdata(pdev, p);
	return devm_add_action_or_reset(&pdev->dev, acted_release, p);
}

static void acted_remove_ok(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
}

struct pci_driver acted_driver = {
	.probe = acted_probe_ok,
	.remove = acted_remove_ok,
};

/* --- open cleans up after itself, stop does not --- */

struct half {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
	void *regs;
};

static void half_free(struct half *p)
{
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	p->ring = NULL;
}

static int half_open_ok(struct net_device *ndev)
{
	struct half *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	writel(lower_32_bits(p->dma), p->regs);
	if (readl(p->regs)) {
		half_free(p);
		return -EIO;
	}
	return 0;
}

/* dma-leak-lifecycle: high */
static int half_stop_bad(struct net_device *ndev)
{
	struct half *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	memset(p->ring, 0, RING);
	return 0;
}

const struct net_device_ops half_ops = {
	.ndo_open = half_open_ok,
	.ndo_stop = half_stop_bad,
};

struct whole {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
	void *regs;
};

static void whole_free(struct whole *p)
{
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	p->ring = NULL;
}

static int whole_open_ok(struct net_device *ndev)
{
	struct whole *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	writel(lower_32_bits(p->dma), p->regs);
	if (readl(p->regs)) {
		whole_free(p);
		return -EIO;
	}
	return 0;
}

static int whole_stop_ok(struct net_device *ndev)
{
	struct whole *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	whole_free(p);
	return 0;
}

const struct net_device_ops whole_ops = {
	.ndo_open = whole_open_ok,
	.ndo_stop = whole_stop_ok,
};

/* --- released when the driver goes, but acquired by each open --- */

struct again {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

static int again_open_ok(struct net_device *ndev)
{
	struct again *p = netdev_priv(ndev);
	void *ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);

	if (!ring)
		return -ENOMEM;
	p->ring = ring;
	netif_start_queue(ndev);
	return 0;
}

static int again_stop_bad(struct net_device *ndev)
{
	struct again *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	memset(p->ring, 0, RING);
	return 0;
}

const struct net_device_ops again_ops = {
	.ndo_open = again_open_ok,
	.ndo_stop = again_stop_bad,
};

static int again_remove(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct again *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver again_driver = {
	.remove = again_remove,
};

/* It asks first. */
struct once {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

static int once_open_ok(struct net_device *ndev)
{
	struct once *p = netdev_priv(ndev);

	if (!p->ring)
		p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	netif_start_queue(ndev);
	return 0;
}

static int once_stop_ok(struct net_device *ndev)
{
	struct once *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	memset(p->ring, 0, RING);
	return 0;
}

const struct net_device_ops once_ops = {
	.ndo_open = once_open_ok,
	.ndo_stop = once_stop_ok,
};

static int once_remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct once *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver once_driver = {
	.remove = once_remove_ok,
};

struct halted {
	struct device *dev;
	void *ring, *other;
	dma_addr_t dma, other_dma;
	void *regs;
};

static int halted_open_ok(struct net_device *ndev)
{
	struct halted *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->other = dma_alloc_coherent(p->dev, RING, &p->other_dma, GFP_KERNEL);
	if (p->other)
		return 0;
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return -ENOMEM;
}

static int halted_stop_bad(struct net_device *ndev)
{
	struct halted *p = netdev_priv(ndev);

	dma_free_coherent(p->dev, RING, p->other, p->other_dma);
	return 0;
}

const struct net_device_ops halted_ops = {
	.ndo_open = halted_open_ok,
	.ndo_stop = halted_stop_bad,
};

/* --- a wrapper allocates, a table of the driver's own leads to both --- */

struct mem {
	void *cpu;
	dma_addr_t dma;
};

struct wrapped;

struct wrapped_ops {
	int (*init)(struct wrapped *p);
	void (*fini)(struct wrapped *p);
};

struct wrapped {
	struct device *dev;
	const struct wrapped_ops *ops;
	struct mem ring;
};

static int mem_get(struct device *dev, void **cpu, dma_addr_t *dma)
{
	*cpu = dma_alloc_coherent(dev, RING, dma, GFP_KERNEL);
	return *cpu ? 0 : -ENOMEM;
}

static int wrapped_init(struct wrapped *p)
{
	return mem_get(p->dev, &p->ring.cpu, &p->ring.dma);
}

static void wrapped_fini(struct wrapped *p)
{
	dma_free_coherent(p->dev, RING, p->ring.cpu, p->ring.dma);
}

static const struct wrapped_ops wrapped_ops = {
	.init = wrapped_init,
	.fini = wrapped_fini,
};

static int wrapped_probe_ok(struct pci_dev *pdev,
			    const struct pci_device_id *id)
{
	struct wrapped *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->dev = &pdev->dev;
	p->ops = &wrapped_ops;
	pci_set_drvdata(pdev, p);
	return p->ops->init(p);
}

static void wrapped_remove_ok(struct pci_dev *pdev)
{
	struct wrapped *p = pci_get_drvdata(pdev);

	p->ops->fini(p);
}

struct pci_driver wrapped_driver = {
	.probe = wrapped_probe_ok,
	.remove = wrapped_remove_ok,
};

/* --- an array of handles that a member leads to --- */

struct table {
	struct device *dev;
	dma_addr_t *dma;
	void **buf;
};

static dma_addr_t table_map(struct table *p, int i)
{
	return dma_map_single(p->dev, p->buf[i], RING, DMA_FROM_DEVICE);
}

static int table_open_ok(struct net_device *ndev)
{
	struct table *p = netdev_priv(ndev);
	dma_addr_t dma = table_map(p, 3);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	p->dma[3] = dma;
	return 0;
}

static int table_stop_ok(struct net_device *ndev)
{
	struct table *p = netdev_priv(ndev);

	dma_unmap_single(p->dev, p->dma[3], RING, DMA_FROM_DEVICE);
	return 0;
}

const struct net_device_ops table_ops = {
	.ndo_open = table_open_ok,
	.ndo_stop = table_stop_ok,
};
