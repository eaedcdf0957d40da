// SPDX-License-Identifier: GPL-2.0-or-later
/* Code that runs by itself asks first whether it still should. */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct card {
	struct work_struct work;
	struct device *dev;
	bool gone;
	u32 *table;
	dma_addr_t table_dma;
};

static void gone_work(struct work_struct *work)
{
	struct card *card = container_of(work, struct card, work);

	if (card->gone)
		return;
	card->table[0] = 1;
}

static int card_probe(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	card->table = dma_alloc_coherent(card->dev, 64, &card->table_dma,
					 GFP_KERNEL);
	if (!card->table)
		return -ENOMEM;
	INIT_WORK(&card->work, gone_work);
	return 0;
}

static int told_gone_ok(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	card->gone = true;
	dma_free_coherent(card->dev, 64, card->table, card->table_dma);
	return 0;
}

/* It says what the work takes for leave to go on. */
static int told_back_bad(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	card->gone = false;
	/* dma-teardown-order: medium */
	dma_free_coherent(card->dev, 64, card->table, card->table_dma);
	return 0;
}

static int told_late_bad(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	/* dma-teardown-order: medium */
	dma_free_coherent(card->dev, 64, card->table, card->table_dma);
	card->gone = true;
	return 0;
}

struct platform_driver card_drivers[] = {
	{ .probe = card_probe, .remove = told_gone_ok },
	{ .probe = card_probe, .remove = told_back_bad },
	{ .probe = card_probe, .remove = told_late_bad },
};

struct port {
	struct work_struct work;
	struct net_device *netdev;
	struct device *dev;
	bool up;
	unsigned int flags;
	u32 *ring, *log, *stats;
	dma_addr_t ring_dma, log_dma, stats_dma;
};

static bool port_is_up(const struct port *port)
{
	return port->up;
}

static void write_ring(struct port *port)
{
	port->ring[0] = 1;
}

static void port_work(struct work_struct *work)
{
	struct port *port = container_of(work, struct port, work);

	if (netif_running(port->netdev))
		write_ring(port);
	if (port_is_up(port) && !(port->flags & 4))
		port->log[0] = 1;
	port->stats[0] = 1;
}

static int port_open(struct net_device *netdev)
{
	netif_start_queue(netdev);
	return 0;
}

const struct net_device_ops port_netdev_ops = { .ndo_open = port_open };

static int port_probe(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	INIT_WORK(&port->work, port_work);
	return 0;
}

static int not_running_ok(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	unregister_netdev(port->netdev);
	dma_free_coherent(port->dev, 64, port->ring, port->ring_dma);
	return 0;
}

static void port_down(struct port *port)
{
	port->up = false;
}

static int down_ok(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	port_down(port);
	dma_free_coherent(port->dev, 64, port->log, port->log_dma);
	return 0;
}

static int flagged_ok(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	port->flags |= 4;
	dma_free_coherent(port->dev, 64, port->log, port->log_dma);
	return 0;
}

static int other_flag_bad(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	port->flags |= 8;
	/* dma-teardown-order: medium */
	dma_free_coherent(port->dev, 64, port->log, port->log_dma);
	return 0;
}

/* One of its uses is behind no test. */
static int always_used_bad(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	port_down(port);
	unregister_netdev(port->netdev);
	/* dma-teardown-order: medium */
	dma_free_coherent(port->dev, 64, port->stats, port->stats_dma);
	return 0;
}

struct platform_driver port_drivers[] = {
	{ .probe = port_probe, .remove = not_running_ok },
	{ .probe = port_probe, .remove = down_ok },
	{ .probe = port_probe, .remove = flagged_ok },
	{ .probe = port_probe, .remove = other_flag_bad },
	{ .probe = port_probe, .remove = always_used_bad },
};

/* What runs may hold a reference: then the last one is not dropped. */
struct session {
	struct work_struct work;
	struct device *dev;
	u32 *page;
	dma_addr_t page_dma;
	void (*release)(struct session *s);
};

static void session_work(struct work_struct *work)
{
	struct session *s = container_of(work, struct session, work);

	s->page[0] = 1;
}

static void session_release_ok(struct session *s)
{
	dma_free_coherent(s->dev, 64, s->page, s->page_dma);
}

void session_init(struct session *s)
{
	INIT_WORK(&s->work, session_work);
	s->release = session_release_ok;
}

/* An error of what a callback sets up anew: it has not been started yet. */
struct chan {
	struct work_struct work;
	struct device *dev;
	u32 *ring;
	dma_addr_t ring_dma;
};

static void chan_work(struct work_struct *work)
{
	struct chan *chan = container_of(work, struct chan, work);

	chan->ring[0] = 1;
}

static void chan_free_ok(struct chan *chan)
{
	dma_free_coherent(chan->dev, 64, chan->ring, chan->ring_dma);
}

static int chan_open(struct chan *chan, int (*start)(struct chan *chan))
{
	int err;

	chan->ring = dma_alloc_coherent(chan->dev, 64, &chan->ring_dma,
					GFP_KERNEL);
	if (!chan->ring)
		return -ENOMEM;
	err = start(chan);
	if (err)
		chan_free_ok(chan);
	return err;
}

static int chan_probe(struct platform_device *pdev)
{
	struct chan *chan = platform_get_drvdata(pdev);

	INIT_WORK(&chan->work, chan_work);
	return 0;
}

static int chan_remove(struct platform_device *pdev)
{
	return chan_open(platform_get_drvdata(pdev),
			 platform_get_drvdata(pdev));
}

struct platform_driver chan_driver = {
	.probe = chan_probe, .remove = chan_remove,
};

/* Who is unregistered is closed first, and tells the device. */
struct eth {
	struct net_device *netdev;
	struct device *dev;
	void *regs;
	int irq;
	u32 *ring;
	dma_addr_t ring_dma;
};

static irqreturn_t eth_irq(int irq, void *data)
{
	struct eth *eth = data;

	eth->ring[0] = 1;
	return IRQ_HANDLED;
}

static int eth_stop(struct net_device *netdev)
{
	struct eth *eth = netdev_priv(netdev);

	writel(0, eth->regs);
	return 0;
}

const struct net_device_ops eth_netdev_ops = { .ndo_stop = eth_stop };

static int eth_probe(struct platform_device *pdev)
{
	struct eth *eth = platform_get_drvdata(pdev);

	return request_irq(eth->irq, eth_irq, 0, "eth", eth);
}

static int eth_remove_ok(struct platform_device *pdev)
{
	struct eth *eth = platform_get_drvdata(pdev);

	unregister_netdev(eth->netdev);
	dma_free_coherent(eth->dev, 64, eth->ring, eth->ring_dma);
	free_irq(eth->irq, eth);
	return 0;
}

static int eth_remove_bad(struct platform_device *pdev)
{
	struct eth *eth = platform_get_drvdata(pdev);

	/* dma-teardown-order: medium */
	dma_free_coherent(eth->dev, 64, eth->ring, eth->ring_dma);
	free_irq(eth->irq, eth);
	return 0;
}

struct platform_driver eth_drivers[] = {
	{ .probe = eth_probe, .remove = eth_remove_ok },
	{ .probe = eth_probe, .remove = eth_remove_bad },
};
