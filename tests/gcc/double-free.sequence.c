// SPDX-License-Identifier: GPL-2.0-or-later
/* Released by one callback, and by the one that follows it. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>

#define RING	4096

/* --- stop and remove both release --- */

struct twice {
	struct device *dev;
	void *regs;
	void *ring;
	dma_addr_t dma;
};

static int twice_open(struct net_device *ndev)
{
	struct twice *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

static int twice_stop(struct net_device *ndev)
{
	struct twice *p = netdev_priv(ndev);

	writel(0, p->regs);
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

const struct net_device_ops twice_ops = {
	.ndo_open = twice_open,
	.ndo_stop = twice_stop,
};

static int twice_remove_bad(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct twice *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	if (p->ring)
		/* dma-double-free: medium */
		dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver twice_driver = {
	.remove = twice_remove_bad,
};

/* --- stop clears --- */

struct clear {
	struct device *dev;
	void *regs;
	void *ring;
	dma_addr_t dma;
};

static void clear_free(struct clear *p)
{
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	p->ring = NULL;
}

static int clear_open_ok(struct net_device *ndev)
{
	struct clear *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

static int clear_stop_ok(struct net_device *ndev)
{
	clear_free(netdev_priv(ndev));
	return 0;
}

const struct net_device_ops clear_ops = {
	.ndo_open = clear_open_ok,
	.ndo_stop = clear_stop_ok,
};

static int clear_remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);

	unregister_netdev(ndev);
	clear_free(netdev_priv(ndev));
	return 0;
}

struct platform_driver clear_driver = {
	.remove = clear_remove_ok,
};

/* --- a flag knows --- */

struct flagged {
	struct device *dev;
	void *regs;
	bool up;
	void *ring;
	dma_addr_t dma;
};

static int flagged_open_ok(struct net_device *ndev)
{
	struct flagged *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->up = true;
	return 0;
}

static int flagged_stop_ok(struct net_device *ndev)
{
	struct flagged *p = netdev_priv(ndev);

	p->up = false;
	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

const struct net_device_ops flagged_ops = {
	.ndo_open = flagged_open_ok,
	.ndo_stop = flagged_stop_ok,
};

static int flagged_remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct flagged *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	if (p->up)
		dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver flagged_driver = {
	.remove = flagged_remove_ok,
};

/* --- two rings of one type: stop has its own, remove the other --- */

struct mem {
	void *cpu;
	dma_addr_t dma;
};

struct both {
	struct device *dev;
	struct mem rx, admin;
};

static int both_open_ok(struct net_device *ndev)
{
	struct both *p = netdev_priv(ndev);

	p->rx.cpu = dma_alloc_coherent(p->dev, RING, &p->rx.dma, GFP_KERNEL);
	return p->rx.cpu ? 0 : -ENOMEM;
}

static int both_stop_ok(struct net_device *ndev)
{
	struct both *p = netdev_priv(ndev);

	dma_free_coherent(p->dev, RING, p->rx.cpu, p->rx.dma);
	return 0;
}

const struct net_device_ops both_ops = {
	.ndo_open = both_open_ok,
	.ndo_stop = both_stop_ok,
};

static int both_remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct both *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	dma_free_coherent(p->dev, RING, p->admin.cpu, p->admin.dma);
	return 0;
}

struct platform_driver both_driver = {
	.remove = both_remove_ok,
};

/* --- suspend and remove: resume is in between --- */

struct sleeper {
	struct device *dev;
	void *ring;
	dma_addr_t dma;
};

static int sleeper_suspend_ok(struct device *dev)
{
	struct sleeper *p = dev_get_drvdata(dev);

	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

static int sleeper_resume_ok(struct device *dev)
{
	struct sleeper *p = dev_get_drvdata(dev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

static int sleeper_remove_ok(struct platform_device *pdev)
{
	struct sleeper *p = platform_get_drvdata(pdev);

	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct dev_pm_ops {
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
};

const struct dev_pm_ops sleeper_pm_ops = {
	.suspend = sleeper_suspend_ok,
	.resume = sleeper_resume_ok,
};

struct platform_driver sleeper_driver = {
	.remove = sleeper_remove_ok,
};

/* --- open fails after it has cleaned up, remove cleans up again --- */

struct failing {
	struct device *dev;
	void *regs;
	void *ring;
	dma_addr_t dma;
};

static int failing_open(struct net_device *ndev)
{
	struct failing *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (readl(p->regs)) {
		dma_free_coherent(p->dev, RING, p->ring, p->dma);
		return -EIO;
	}
	return 0;
}

static int failing_stop(struct net_device *ndev)
{
	struct failing *p = netdev_priv(ndev);

	dma_free_coherent(p->dev, RING, p->ring, p->dma);
	p->ring = NULL;
	return 0;
}

const struct net_device_ops failing_ops = {
	.ndo_open = failing_open,
	.ndo_stop = failing_stop,
};

static int failing_remove_bad(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct failing *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	if (p->ring)
		/* dma-double-free: medium */
		dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver failing_driver = {
	.remove = failing_remove_bad,
};

struct careful {
	struct device *dev;
	void *regs;
	void *ring;
	dma_addr_t dma;
};

static int careful_open_ok(struct net_device *ndev)
{
	struct careful *p = netdev_priv(ndev);

	p->ring = dma_alloc_coherent(p->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (readl(p->regs)) {
		dma_free_coherent(p->dev, RING, p->ring, p->dma);
		p->ring = NULL;
		return -EIO;
	}
	return 0;
}

const struct net_device_ops careful_ops = {
	.ndo_open = careful_open_ok,
};

static int careful_remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct careful *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	if (p->ring)
		dma_free_coherent(p->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver careful_driver = {
	.remove = careful_remove_ok,
};

/* probe that fails is not followed by remove */
struct probed {
	void *regs;
	void *ring;
	dma_addr_t dma;
};

static int probed_probe_ok(struct platform_device *pdev)
{
	struct probed *p = platform_get_drvdata(pdev);

	p->ring = dma_alloc_coherent(&pdev->dev, RING, &p->dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (readl(p->regs)) {
		dma_free_coherent(&pdev->dev, RING, p->ring, p->dma);
		return -EIO;
	}
	return 0;
}

static int probed_remove_ok(struct platform_device *pdev)
{
	struct probed *p = platform_get_drvdata(pdev);

	dma_free_coherent(&pdev->dev, RING, p->ring, p->dma);
	return 0;
}

struct platform_driver probed_driver = {
	.probe = probed_probe_ok,
	.remove = probed_remove_ok,
};
