// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dma-mapping.h>

#define LCD_FB	(640 * 480 * 2)

struct lcd {
	struct device *dev;
	void __iomem *regs;
	void *fb;
	dma_addr_t fb_dma;
};

int lcd_register(struct lcd *lcd);

static int lcd_probe(struct platform_device *pdev)
{
	struct lcd *lcd;
	int ret;

	lcd = devm_kzalloc(&pdev->dev, sizeof(*lcd), GFP_KERNEL);
	if (!lcd)
		return -ENOMEM;
	lcd->dev = &pdev->dev;
	lcd->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(lcd->regs))
		return PTR_ERR(lcd->regs);

	lcd->fb = dmam_alloc_coherent(&pdev->dev, LCD_FB, &lcd->fb_dma,
				      GFP_KERNEL);
	if (!lcd->fb)
		return -ENOMEM;
	writel(lower_32_bits(lcd->fb_dma), lcd->regs);

	ret = lcd_register(lcd);
	if (ret) {
		writel(0, lcd->regs);
		return ret;
	}
	platform_set_drvdata(pdev, lcd);
	return 0;
}

static struct platform_driver lcd_driver = {
	.probe = lcd_probe,
	.driver = { .name = "lcd" },
};
module_platform_driver(lcd_driver);
