// SPDX-License-Identifier: GPL-2.0-or-later
/* Code that runs by itself is stopped before what it uses is released. */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/usb.h>
#include <linux/workqueue.h>

struct ring {
	struct work_struct refill;
	struct delayed_work poll;
	struct tasklet_struct tasklet;
	struct timer_list timer;
	struct device *dev;
	void *regs;
	int irq;
	u32 *desc;
	dma_addr_t dma;
	u32 *log;
	dma_addr_t log_dma;
	u32 last;
};

static void refill_work(struct work_struct *work)
{
	struct ring *r = container_of(work, struct ring, refill);

	r->desc[0] = 1;
}

static irqreturn_t log_irq(int irq, void *data)
{
	struct ring *r = data;

	r->last = r->log[0];
	return IRQ_HANDLED;
}

/* Asks whether there is a ring, and uses nothing of it. */
static void idle_tasklet(struct tasklet_struct *t)
{
	struct ring *r = container_of(t, struct ring, tasklet);

	if (r->desc)
		r->last++;
}

static int ring_probe(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);
	int err;

	r->desc = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->desc)
		return -ENOMEM;
	INIT_WORK(&r->refill, refill_work);
	tasklet_setup(&r->tasklet, idle_tasklet);
	err = request_irq(r->irq, log_irq, 0, "ring", r);
	if (err)
		dma_free_coherent(r->dev, 64, r->desc, r->dma);
	return err;
}

static int freed_then_cancelled_bad(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);

	free_irq(r->irq, r);
	tasklet_kill(&r->tasklet);
	/* dma-teardown-order: medium */
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	cancel_work_sync(&r->refill);
	return 0;
}

static int cancelled_then_freed_ok(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);

	cancel_work_sync(&r->refill);
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	free_irq(r->irq, r);
	tasklet_kill(&r->tasklet);
	return 0;
}

static void stop_all(struct ring *r)
{
	free_irq(r->irq, r);
	cancel_work_sync(&r->refill);
}

static int cancelled_in_helper_ok(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);

	stop_all(r);
	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	dma_free_coherent(r->dev, 64, r->log, r->log_dma);
	flush_work(&r->refill);
	return 0;
}

static void free_log_bad(struct ring *r)
{
	/* dma-teardown-order: medium */
	dma_free_coherent(r->dev, 64, r->log, r->log_dma);
}

static int helper_frees_log(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);

	free_log_bad(r);
	stop_all(r);
	return 0;
}

/* What the device was told may have been to be quiet. */
static int quiet_log_ok(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);

	writel(0, r->regs);
	dma_free_coherent(r->dev, 64, r->log, r->log_dma);
	free_irq(r->irq, r);
	return 0;
}

/* No callback that ends a life: the ring is made anew. */
static int resize_ok(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);

	dma_free_coherent(r->dev, 64, r->desc, r->dma);
	cancel_work_sync(&r->refill);
	return 0;
}

/* Each ring is stopped, then each is freed. */
static int loops_ok(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);
	int i;

	free_irq(r->irq, r);
	for (i = 0; i < 4; i++)
		cancel_work_sync(&r[i].refill);
	for (i = 0; i < 4; i++)
		dma_free_coherent(r->dev, 64, r[i].desc, r[i].dma);
	return 0;
}

static int loop_bad(struct platform_device *pdev)
{
	struct ring *r = platform_get_drvdata(pdev);
	int i;

	free_irq(r->irq, r);
	for (i = 0; i < 4; i++) {
		/* dma-teardown-order: medium */
		dma_free_coherent(r->dev, 64, r[i].desc, r[i].dma);
		cancel_work_sync(&r[i].refill);
	}
	return 0;
}

struct platform_driver ring_drivers[] = {
	{ .probe = ring_probe, .remove = freed_then_cancelled_bad },
	{ .probe = ring_probe, .remove = cancelled_then_freed_ok },
	{ .probe = ring_probe, .remove = cancelled_in_helper_ok },
	{ .probe = ring_probe, .remove = helper_frees_log },
	{ .probe = ring_probe, .remove = quiet_log_ok },
	{ .probe = ring_probe, .remove = loops_ok },
	{ .probe = ring_probe, .remove = loop_bad },
	{ .probe = resize_ok, .remove = cancelled_then_freed_ok },
};

/* Never stopped at all. */
struct mic {
	struct tasklet_struct tasklet;
	struct delayed_work late;
	struct delayed_work once;
	struct device *dev;
	u32 *buf, *spare, *key;
	dma_addr_t dma, spare_dma, key_dma;
	u32 level;
};

static void mic_tasklet(struct tasklet_struct *t)
{
	struct mic *m = container_of(t, struct mic, tasklet);

	m->level = m->buf[0];
}

static void mic_late(struct work_struct *work)
{
	struct mic *m = container_of(work, struct mic, late.work);

	m->level = m->spare[0];
}

/* Is itself what releases. */
static void mic_once_ok(struct work_struct *work)
{
	struct mic *m = container_of(work, struct mic, once.work);

	dma_free_coherent(m->dev, 64, m->key, m->key_dma);
	m->key = NULL;
}

void mic_init(struct mic *m)
{
	tasklet_setup(&m->tasklet, mic_tasklet);
	INIT_DELAYED_WORK(&m->late, mic_late);
	INIT_DELAYED_WORK(&m->once, mic_once_ok);
}

static int mic_remove_bad(struct platform_device *pdev)
{
	struct mic *m = platform_get_drvdata(pdev);

	/* dma-teardown-order: medium */
	dma_free_coherent(m->dev, 64, m->buf, m->dma);
	return 0;
}

static int mic_remove_ok(struct platform_device *pdev)
{
	struct mic *m = platform_get_drvdata(pdev);

	cancel_delayed_work_sync(&m->late);
	dma_free_coherent(m->dev, 64, m->spare, m->spare_dma);
	return 0;
}

struct platform_driver mic_drivers[] = {
	{ .remove = mic_remove_bad },
	{ .remove = mic_remove_ok },
};

/* What is registered is in use until it is unregistered. */
struct lane {
	struct net_device *dev;
	struct device *parent;
	void *regs;
	u32 *table;
	dma_addr_t table_dma, skb_dma;
	u32 last;
};

static int lane_open(struct net_device *dev)
{
	struct lane *lane = netdev_priv(dev);

	lane->last = lane->table[0];
	writel(lane->skb_dma, lane->regs);
	return 0;
}

static const struct net_device_ops lane_ops = {
	.ndo_open = lane_open,
};

static int lane_probe(struct platform_device *pdev)
{
	struct lane *lane = platform_get_drvdata(pdev);

	lane->table = dma_alloc_coherent(lane->parent, 64, &lane->table_dma,
					 GFP_KERNEL);
	if (!lane->table)
		return -ENOMEM;
	lane->dev->netdev_ops = &lane_ops;
	if (register_netdev(lane->dev)) {
		dma_free_coherent(lane->parent, 64, lane->table,
				  lane->table_dma);
		return -EIO;
	}
	return 0;
}

static int lane_remove_bad(struct platform_device *pdev)
{
	struct lane *lane = platform_get_drvdata(pdev);

	/* dma-teardown-order: high */
	dma_free_coherent(lane->parent, 64, lane->table, lane->table_dma);
	unregister_netdev(lane->dev);
	return 0;
}

static int lane_remove_ok(struct platform_device *pdev)
{
	struct lane *lane = platform_get_drvdata(pdev);

	unregister_netdev(lane->dev);
	dma_free_coherent(lane->parent, 64, lane->table, lane->table_dma);
	return 0;
}

/* What is in flight is given back, then the device goes. */
static int lane_abort_ok(struct platform_device *pdev)
{
	struct lane *lane = platform_get_drvdata(pdev);

	dma_unmap_single(lane->parent, lane->skb_dma, 64, DMA_TO_DEVICE);
	unregister_netdev(lane->dev);
	return 0;
}

/* A last command, whose memory nobody else has. */
static void lane_command(struct lane *lane, void (*run)(dma_addr_t dma))
{
	dma_addr_t dma;
	u32 *table = dma_alloc_coherent(lane->parent, 64, &dma, GFP_KERNEL);

	if (!table)
		return;
	run(dma);
	lane->table = table;
	dma_free_coherent(lane->parent, 64, lane->table, dma);
}

static int lane_command_ok(struct platform_device *pdev)
{
	struct lane *lane = platform_get_drvdata(pdev);

	lane_command(lane, platform_get_drvdata(pdev));
	unregister_netdev(lane->dev);
	return 0;
}

struct platform_driver lane_drivers[] = {
	{ .probe = lane_probe, .remove = lane_remove_bad },
	{ .probe = lane_probe, .remove = lane_remove_ok },
	{ .probe = lane_probe, .remove = lane_abort_ok },
	{ .probe = lane_probe, .remove = lane_command_ok },
};
