// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>

struct ctrl {
	struct device *dev;
	void __iomem *regs;
	struct dma_pool *pool;
	int irq;
};

int ctrl_register(struct device *dev);
void ctrl_unregister(struct device *dev);

static irqreturn_t ctrl_irq(int irq, void *data)
{
	struct ctrl *ctrl = data;

	writel(1, ctrl->regs + 4);
	return IRQ_HANDLED;
}

static int ctrl_probe(struct platform_device *pdev)
{
	struct ctrl *ctrl;
	int ret;

	ctrl = devm_kzalloc(&pdev->dev, sizeof(*ctrl), GFP_KERNEL);
	if (!ctrl)
		return -ENOMEM;
	ctrl->dev = &pdev->dev;
	ctrl->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(ctrl->regs))
		return PTR_ERR(ctrl->regs);

	ctrl->pool = dma_pool_create("ctrl", &pdev->dev, 64, 64, 0);
	if (!ctrl->pool)
		return -ENOMEM;

	ctrl->irq = platform_get_irq(pdev, 0);
	if (ctrl->irq < 0) {
		ret = ctrl->irq;
		goto err_pool;
	}
	ret = request_irq(ctrl->irq, ctrl_irq, 0, "ctrl", ctrl);
	if (ret)
		goto err_pool;

	ret = ctrl_register(&pdev->dev);
	if (ret) {
		dev_err(&pdev->dev, "cannot register\n");
		free_irq(ctrl->irq, ctrl);
		goto err_pool;
	}
	platform_set_drvdata(pdev, ctrl);
	return 0;

err_pool:
	dma_pool_destroy(ctrl->pool);
	return ret;
}

static int ctrl_remove(struct platform_device *pdev)
{
	struct ctrl *ctrl = platform_get_drvdata(pdev);

	ctrl_unregister(&pdev->dev);
	free_irq(ctrl->irq, ctrl);
	dma_pool_destroy(ctrl->pool);
	return 0;
}

static struct platform_driver ctrl_driver = {
	.probe = ctrl_probe,
	.remove = ctrl_remove,
	.driver = { .name = "ctrl" },
};
module_platform_driver(ctrl_driver);
