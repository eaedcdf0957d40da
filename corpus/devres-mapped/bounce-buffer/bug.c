// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/device.h>
#include <linux/platform_device.h>

struct card {
	struct device *dev;
	void *bounce;
	dma_addr_t bounce_dma;
	unsigned int bounce_size;
	unsigned int max_segs;
};

static void card_bounce(struct card *card, unsigned int size)
{
	card->bounce = devm_kmalloc(card->dev, size, GFP_KERNEL);
	if (!card->bounce)
		return;
	card->bounce_dma = dma_map_single(card->dev, card->bounce, size,
					  DMA_BIDIRECTIONAL);
	if (dma_mapping_error(card->dev, card->bounce_dma)) {
		devm_kfree(card->dev, card->bounce);
		card->bounce = NULL;
		return;
	}
	card->bounce_size = size;
	card->max_segs = size / 512;
}

static int card_probe(struct platform_device *pdev)
{
	struct card *card = devm_kzalloc(&pdev->dev, sizeof(*card),
					 GFP_KERNEL);

	if (!card)
		return -ENOMEM;
	card->dev = &pdev->dev;
	platform_set_drvdata(pdev, card);
	card_bounce(card, 65536);
	return 0;
}

struct platform_driver card_driver = {
	.probe = card_probe,
};
