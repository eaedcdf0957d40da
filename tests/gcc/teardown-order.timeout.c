// SPDX-License-Identifier: GPL-2.0-or-later
/* A wait that may end early is no leave to release what the device has. */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/io.h>

#define START	0x10
#define STOP	0x14
#define ADDR	0x18
#define SECOND	1000

struct priv {
	struct device *dev;
	void *regs;
	struct dma_chan *chan;
	struct completion done;
	struct scatterlist sgl;
	int status;
};

int prepare(struct priv *p);
void abort_transfer(struct priv *p);

static int start_channel(struct priv *p, struct scatterlist *sgl)
{
	struct dma_async_tx_descriptor *desc;

	desc = dmaengine_prep_slave_sg(p->chan, sgl, 1, DMA_DEV_TO_MEM, 0);
	if (!desc)
		return -EIO;
	dmaengine_submit(desc);
	dma_async_issue_pending(p->chan);
	return 0;
}

int result_dropped_bad(struct priv *p)
{
	if (dma_map_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE) != 1)
		return -ENOMEM;
	dma_async_issue_pending(p->chan);
	wait_for_completion_timeout(&p->done, SECOND);
	/* dma-teardown-order: high */
	dma_unmap_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE);
	return 0;
}

int stopped_first_ok(struct priv *p)
{
	if (dma_map_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE) != 1)
		return -ENOMEM;
	dma_async_issue_pending(p->chan);
	if (!wait_for_completion_timeout(&p->done, SECOND))
		dmaengine_terminate_sync(p->chan);
	dma_unmap_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE);
	return 0;
}

int stopped_always_ok(struct priv *p)
{
	if (dma_map_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE) != 1)
		return -ENOMEM;
	dma_async_issue_pending(p->chan);
	wait_for_completion_timeout(&p->done, SECOND);
	writel(1, p->regs + STOP);
	dma_unmap_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE);
	return 0;
}

int stopped_too_late_bad(struct priv *p)
{
	unsigned long left;

	if (dma_map_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE) != 1)
		return -ENOMEM;
	dma_async_issue_pending(p->chan);
	left = wait_for_completion_timeout(&p->done, SECOND);
	/* dma-teardown-order: high */
	dma_unmap_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE);
	if (!left)
		dmaengine_terminate_sync(p->chan);
	return left ? 0 : -ETIMEDOUT;
}

int only_told_bad(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	int err = 0;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(dma, p->regs + ADDR);
	writel(1, p->regs + START);
	if (!wait_for_completion_timeout(&p->done, SECOND)) {
		dev_err(p->dev, "time is up\n");
		err = -ETIMEDOUT;
	}
	/* dma-teardown-order: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return err;
}

int kept_in_int_ok(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(dma, p->regs + ADDR);
	ret = wait_for_completion_timeout(&p->done, SECOND);
	if (!ret) {
		abort_transfer(p);
		ret = -ETIMEDOUT;
	} else {
		ret = 0;
	}
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int never_started_ok(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	if (!wait_for_completion_timeout(&p->done, SECOND)) {
		dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
		return -EBUSY;
	}
	writel(dma, p->regs + ADDR);
	wait_for_completion(&p->done);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int another_wait_ok(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(dma, p->regs + ADDR);
	wait_for_completion_timeout(&p->done, SECOND);
	wait_for_completion(&p->done);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

int interrupted_bad(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(dma, p->regs + ADDR);
	ret = wait_for_completion_interruptible(&p->done);
	if (ret)
		dev_err(p->dev, "interrupted\n");
	/* dma-teardown-order: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int not_interrupted_ok(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	writel(dma, p->regs + ADDR);
	if (wait_for_completion_interruptible_timeout(&p->done, SECOND) <= 0)
		abort_transfer(p);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return 0;
}

static int run(struct priv *p, dma_addr_t dma)
{
	writel(dma, p->regs + ADDR);
	if (!wait_for_completion_timeout(&p->done, SECOND))
		return -ETIMEDOUT;
	return 0;
}

int helper_bad(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = run(p, dma);
	/* dma-teardown-order: high */
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

static int run_or_stop(struct priv *p, dma_addr_t dma)
{
	writel(dma, p->regs + ADDR);
	if (!wait_for_completion_timeout(&p->done, SECOND)) {
		writel(1, p->regs + STOP);
		return -ETIMEDOUT;
	}
	return 0;
}

int helper_ok(struct priv *p, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	ret = run_or_stop(p, dma);
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return ret;
}

int status_asked_bad(struct priv *p)
{
	if (dma_map_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE) != 1)
		return -ENOMEM;
	if (start_channel(p, &p->sgl))
		goto unmap;
	wait_for_completion_timeout(&p->done, SECOND);
	if (!p->status)
		dev_err(p->dev, "no answer\n");
unmap:
	/* dma-teardown-order: medium */
	dma_unmap_sg(p->dev, &p->sgl, 1, DMA_FROM_DEVICE);
	return 0;
}

int command_bad(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int ret = 0;

	if (!cpu)
		return -ENOMEM;
	writel(dma, p->regs + ADDR);
	if (!wait_for_completion_timeout(&p->done, SECOND))
		ret = -ETIMEDOUT;
	/* dma-teardown-order: medium */
	dma_free_coherent(p->dev, 64, cpu, dma);
	return ret;
}
