// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct modem_ring {
	u32 *desc;
	dma_addr_t dma;
};

struct modem {
	struct device *dev;
	struct work_struct fill;
	struct modem_ring rx, tx;
};

static void modem_fill(struct work_struct *work)
{
	struct modem *m = container_of(work, struct modem, fill);

	m->rx.desc[0] = 1;
}

static int modem_alloc(struct modem *m, struct modem_ring *r)
{
	r->desc = dma_alloc_coherent(m->dev, 256, &r->dma, GFP_KERNEL);
	return r->desc ? 0 : -ENOMEM;
}

static void modem_free(struct modem *m, struct modem_ring *r)
{
	dma_free_coherent(m->dev, 256, r->desc, r->dma);
}

static int modem_probe(struct platform_device *pdev)
{
	struct modem *m = platform_get_drvdata(pdev);
	int err;

	INIT_WORK(&m->fill, modem_fill);
	err = modem_alloc(m, &m->rx);
	if (err)
		return err;
	err = modem_alloc(m, &m->tx);
	if (err)
		modem_free(m, &m->rx);
	return err;
}

static int modem_remove(struct platform_device *pdev)
{
	struct modem *m = platform_get_drvdata(pdev);

	modem_free(m, &m->tx);
	modem_free(m, &m->rx);
	cancel_work_sync(&m->fill);
	return 0;
}

struct platform_driver modem_driver = {
	.probe = modem_probe,
	.remove = modem_remove,
};
