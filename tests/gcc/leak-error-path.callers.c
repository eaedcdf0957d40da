// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A helper fails and leaves in its caller's object what it had: whether that
 * is lost is decided at the callers.
 */
#include <linux/platform_device.h>
#include "leak-error-path.h"

/* Unlike work(), it is known not to release anything. */
static int hw_state(struct priv *p)
{
	return readl(p->regs) ? -EIO : 0;
}

/* --- nobody up to probe releases what is left --- */

static int two_rings_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->ring2 = dma_alloc_coherent(p->dev, 512, &p->ring2_dma, GFP_KERNEL);
	if (!p->ring2)
		return -ENOMEM;	/* dma-leak-error-path: medium */
	return 0;
}

static int between_bad_ok(struct priv *p)
{
	int ret = two_rings_bad(p);

	if (ret)
		return ret;
	p->count = 0;
	return 0;
}

static int forgetful_probe_ok(struct platform_device *pdev)
{
	return between_bad_ok(platform_get_drvdata(pdev));
}

struct platform_driver forgetful = {
	.probe = forgetful_probe_ok,
};

/* --- the caller releases both, and knows that NULL does no harm --- */

static int two_rings_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->ring2 = dma_alloc_coherent(p->dev, 512, &p->ring2_dma, GFP_KERNEL);
	if (!p->ring2)
		return -ENOMEM;
	return 0;
}

static void free_rings(struct priv *p)
{
	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	dma_free_coherent(p->dev, 512, p->ring2, p->ring2_dma);
}

static int careful_probe_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);
	int ret = two_rings_ok(p);

	if (ret)
		free_rings(p);
	return ret;
}

struct platform_driver careful = {
	.probe = careful_probe_ok,
};

/* --- the helper releases at one exit and forgets at another --- */

static int forgets_once_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (start(p->ring)) {
		dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
		return -EIO;
	}
	if (readl(p->regs))
		return -EBUSY;	/* dma-leak-error-path: medium */
	return 0;
}

int caller_of_forgets_ok(struct priv *p)
{
	return forgets_once_bad(p);
}

static int forgets_once_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	if (start(p->ring)) {
		dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
		p->ring = NULL;
		return -EIO;
	}
	if (readl(p->regs))
		return -EBUSY;
	return 0;
}

int caller_that_frees_ok(struct priv *p)
{
	int ret = forgets_once_ok(p);

	if (ret && p->ring)
		dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	return ret;
}

/* --- one error number is dealt with, the others are none --- */

int send(struct priv *p, dma_addr_t dma);

int queue_ok(struct priv *p, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, data, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = send(p, dma);
	if (ret == -ENOSPC)
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

/* --- a clean-up that may refuse, and nobody asks --- */

static int put_ring_ok(struct priv *p)
{
	if (readl(p->regs))
		return -EBUSY;
	dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	return 0;
}

static int refusing_probe_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);
	int ret;

	p->ring = dma_alloc_coherent(p->dev, 512, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	ret = hw_state(p);
	if (ret)
		put_ring_ok(p);
	return ret;
}

struct platform_driver refusing = {
	.probe = refusing_probe_ok,
};

/* --- which of two places: the same parameter says it twice --- */

static int init_way_ok(struct priv *p, bool rx)
{
	struct dma_chan *chan;
	dma_addr_t dma;
	void *cpu;

	chan = dma_request_chan(p->dev, rx ? "rx" : "tx");
	if (IS_ERR(chan))
		return PTR_ERR(chan);
	cpu = dma_alloc_coherent(p->dev, 512, &dma, GFP_KERNEL);
	if (!cpu)
		return -ENOMEM;
	p->chan = chan;
	if (rx) {
		p->ring = cpu;
		p->ring_dma = dma;
	} else {
		p->ring2 = cpu;
		p->ring2_dma = dma;
	}
	return 0;
}

static void exit_way_ok(struct priv *p, bool rx)
{
	if (!p->chan)
		return;
	if (rx)
		dma_free_coherent(p->dev, 512, p->ring, p->ring_dma);
	else
		dma_free_coherent(p->dev, 512, p->ring2, p->ring2_dma);
}

static int two_ways_probe_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);
	int ret = init_way_ok(p, true);

	if (ret)
		return ret;
	ret = init_way_ok(p, false);
	if (ret)
		goto err_rx;
	ret = hw_state(p);
	if (ret)
		goto err_tx;
	return 0;
err_tx:
	exit_way_ok(p, false);
err_rx:
	exit_way_ok(p, true);
	return ret;
}

struct platform_driver two_ways = {
	.probe = two_ways_probe_ok,
};
