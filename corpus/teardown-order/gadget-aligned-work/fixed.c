// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct pipe_bounce {
	struct list_head list;
	void *buf;
	dma_addr_t dma;
	size_t size;
	bool in_use;
};

struct pipe {
	struct device *dev;
	struct list_head bounces;
	struct work_struct tidy;
};

static void pipe_tidy(struct work_struct *work)
{
	struct pipe *pipe = container_of(work, struct pipe, tidy);
	struct pipe_bounce *b, *next;

	list_for_each_entry_safe(b, next, &pipe->bounces, list) {
		if (b->in_use)
			continue;
		list_del(&b->list);
		dma_free_coherent(pipe->dev, b->size, b->buf, b->dma);
		kfree(b);
	}
}

static int pipe_start(struct platform_device *pdev)
{
	struct pipe *pipe;

	pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);
	if (!pipe)
		return -ENOMEM;
	pipe->dev = &pdev->dev;
	INIT_LIST_HEAD(&pipe->bounces);
	INIT_WORK(&pipe->tidy, pipe_tidy);
	platform_set_drvdata(pdev, pipe);
	return 0;
}

static int pipe_exit(struct platform_device *pdev)
{
	struct pipe *pipe = platform_get_drvdata(pdev);
	struct pipe_bounce *b, *next;

	cancel_work_sync(&pipe->tidy);
	list_for_each_entry_safe(b, next, &pipe->bounces, list) {
		list_del(&b->list);
		dma_free_coherent(pipe->dev, b->size, b->buf, b->dma);
		kfree(b);
	}
	kfree(pipe);
	return 0;
}

static struct platform_driver pipe_driver = {
	.probe = pipe_start,
	.remove = pipe_exit,
	.driver = { .name = "pipe" },
};
module_platform_driver(pipe_driver);
