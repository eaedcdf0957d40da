// SPDX-License-Identifier: GPL-2.0-or-later
/* What is released, and what still runs, need not be of the same object. */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct ring {
	u32 *desc;
	dma_addr_t dma;
};

struct port {
	struct device *dev;
	struct net_device *netdev;
	struct work_struct refill;
	struct ring rx, tx;
	struct ring *more;
	int irq, number;
	u32 last;
};

static void ring_free(struct device *dev, struct ring *r)
{
	dma_free_coherent(dev, 64, r->desc, r->dma);
}

static u32 ring_head(struct ring *r)
{
	return r->desc[0];
}

static void rx_refill(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, refill);

	p->last = ring_head(&p->rx);
}

void port_init(struct port *p);

void port_init(struct port *p)
{
	INIT_WORK(&p->refill, rx_refill);
}

static int rx_remove_bad(struct platform_device *pdev)
{
	struct port *p = platform_get_drvdata(pdev);

	/* dma-teardown-order: medium */
	dma_free_coherent(p->dev, 64, p->rx.desc, p->rx.dma);
	cancel_work_sync(&p->refill);
	return 0;
}

static int tx_remove_ok(struct platform_device *pdev)
{
	struct port *p = platform_get_drvdata(pdev);

	ring_free(p->dev, &p->tx);
	cancel_work_sync(&p->refill);
	return 0;
}

static int more_remove_ok(struct platform_device *pdev)
{
	struct port *p = platform_get_drvdata(pdev);
	int i;

	for (i = 0; i < 4; i++)
		ring_free(p->dev, &p->more[i]);
	cancel_work_sync(&p->refill);
	return 0;
}

struct platform_driver port_drivers[] = {
	{ .remove = rx_remove_bad },
	{ .remove = tx_remove_ok },
	{ .remove = more_remove_ok },
};

/* --- the interrupt under another name --- */

struct line {
	struct device *dev;
	int irq;
	u32 *log, *notes;
	dma_addr_t log_dma, notes_dma;
	u32 last;
};

static irqreturn_t line_irq(int irq, void *data)
{
	struct line *l = data;

	l->last = l->log[0];
	return IRQ_HANDLED;
}

struct host {
	int number;
};

static int line_probe(struct platform_device *pdev)
{
	struct line *l = platform_get_drvdata(pdev);

	return request_irq(l->irq, line_irq, 0, "line", l);
}

static int line_remove_ok(struct platform_device *pdev)
{
	struct line *l = platform_get_drvdata(pdev);
	struct host *h = dev_get_drvdata(l->dev);

	free_irq(h->number, l);
	dma_free_coherent(l->dev, 64, l->log, l->log_dma);
	return 0;
}

struct platform_driver line_drivers[] = {
	{ .probe = line_probe, .remove = line_remove_ok },
};

/* --- what unregistering stops --- */

struct eth {
	struct net_device *netdev;
	struct device *dev;
	struct delayed_work stats;
	u32 *cmd;
	dma_addr_t cmd_dma;
	u32 last;
};

static void eth_stats(struct work_struct *work)
{
	struct eth *e = container_of(work, struct eth, stats.work);

	e->last = e->cmd[0];
}

static int eth_stop(struct net_device *netdev)
{
	struct eth *e = netdev_priv(netdev);

	cancel_delayed_work_sync(&e->stats);
	return 0;
}

static const struct net_device_ops eth_ops = {
	.ndo_stop = eth_stop,
};

static int eth_probe(struct platform_device *pdev)
{
	struct eth *e = platform_get_drvdata(pdev);

	INIT_DELAYED_WORK(&e->stats, eth_stats);
	e->netdev->netdev_ops = &eth_ops;
	return register_netdev(e->netdev);
}

static int eth_remove_ok(struct platform_device *pdev)
{
	struct eth *e = platform_get_drvdata(pdev);

	unregister_netdev(e->netdev);
	dma_free_coherent(e->dev, 64, e->cmd, e->cmd_dma);
	return 0;
}

struct platform_driver eth_drivers[] = {
	{ .probe = eth_probe, .remove = eth_remove_ok },
};

/* --- elements that are taken off their list --- */

struct packet {
	struct list_head node;
	u32 *cpu;
	dma_addr_t dma;
};

struct queue {
	struct device *dev;
	struct net_device *netdev;
	struct list_head idle;
};

static int queue_open(struct net_device *netdev)
{
	struct queue *q = netdev_priv(netdev);
	struct packet *p;

	if (list_empty(&q->idle))
		return -EBUSY;
	p = list_first_entry(&q->idle, struct packet, node);
	p->cpu[0] = 1;
	return 0;
}

static const struct net_device_ops queue_ops = {
	.ndo_open = queue_open,
};

static int queue_probe(struct platform_device *pdev)
{
	struct queue *q = platform_get_drvdata(pdev);

	q->netdev->netdev_ops = &queue_ops;
	return register_netdev(q->netdev);
}

static int queue_remove_ok(struct platform_device *pdev)
{
	struct queue *q = platform_get_drvdata(pdev);
	struct packet *p;

	while (!list_empty(&q->idle)) {
		p = list_first_entry(&q->idle, struct packet, node);
		list_del(&p->node);
		dma_free_coherent(q->dev, 64, p->cpu, p->dma);
	}
	unregister_netdev(q->netdev);
	return 0;
}

struct platform_driver queue_drivers[] = {
	{ .probe = queue_probe, .remove = queue_remove_ok },
};
