// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/platform_device.h>

#define RING_BYTES	2048
#define RING_BASE	0x10
#define RING_STATUS	0x18

struct engine_ring {
	void *vaddr;
	dma_addr_t paddr;
};

struct engine {
	struct device *dev;
	void __iomem *regs;
	struct engine_ring cmd, event;
};

static void engine_ring_free(struct engine *e, struct engine_ring *ring)
{
	dma_free_coherent(e->dev, RING_BYTES, ring->vaddr, ring->paddr);
	ring->vaddr = NULL;
}

static int engine_hw_setup(struct engine *e, struct engine_ring *ring)
{
	writel(lower_32_bits(ring->paddr), e->regs + RING_BASE);
	return readl(e->regs + RING_STATUS) ? -EIO : 0;
}

static int engine_ring_setup(struct engine *e, struct engine_ring *ring)
{
	ring->vaddr = dma_alloc_coherent(e->dev, RING_BYTES, &ring->paddr,
					 GFP_KERNEL);
	if (!ring->vaddr)
		return -ENOMEM;
	return engine_hw_setup(e, ring);
}

static int engine_probe(struct platform_device *pdev)
{
	struct engine *e = platform_get_drvdata(pdev);
	int ret;

	ret = engine_ring_setup(e, &e->cmd);
	if (ret)
		return ret;
	ret = engine_ring_setup(e, &e->event);
	if (ret)
		goto err_cmd;
	return 0;

err_cmd:
	engine_ring_free(e, &e->cmd);
	return ret;
}

static int engine_remove(struct platform_device *pdev)
{
	struct engine *e = platform_get_drvdata(pdev);

	engine_ring_free(e, &e->event);
	engine_ring_free(e, &e->cmd);
	return 0;
}

struct platform_driver engine_driver = {
	.probe = engine_probe,
	.remove = engine_remove,
};
