// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define ENG_TEST	1024

struct eng {
	struct device *dev;
	void __iomem *regs;
};

static int eng_self_test(struct eng *eng)
{
	dma_addr_t dma;
	u8 *buf;
	int tries = 1000;

	buf = dma_alloc_coherent(eng->dev, ENG_TEST, &dma, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	buf[ENG_TEST - 1] = 0xa5;
	writel(lower_32_bits(dma), eng->regs);
	while (readl(eng->regs + 4) && tries--)
		barrier();
	dma_free_coherent(eng->dev, ENG_TEST, buf, dma);
	return tries < 0 ? -EIO : 0;
}

static int eng_probe(struct platform_device *pdev)
{
	struct eng *eng;
	int err;

	eng = devm_kzalloc(&pdev->dev, sizeof(*eng), GFP_KERNEL);
	if (!eng)
		return -ENOMEM;
	eng->dev = &pdev->dev;
	eng->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(eng->regs))
		return PTR_ERR(eng->regs);
	err = eng_self_test(eng);
	if (err)
		return err;
	platform_set_drvdata(pdev, eng);
	return 0;
}

static struct platform_driver eng_driver = {
	.probe = eng_probe,
	.driver = { .name = "eng" },
};
module_platform_driver(eng_driver);
