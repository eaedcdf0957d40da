// SPDX-License-Identifier: GPL-2.0-or-later
#include "chip.h"

static int new_setup(struct chip *chip)
{
	chip->ring = dma_alloc_coherent(chip->dev, 8192, &chip->ring_dma,
					GFP_KERNEL);
	if (!chip->ring)
		return -ENOMEM;
	chip->status = dma_alloc_coherent(chip->dev, 64, &chip->status_dma,
					  GFP_KERNEL);
	if (!chip->status)
		return -ENOMEM;
	return 0;
}

static void new_cleanup(struct chip *chip)
{
	dma_free_coherent(chip->dev, 64, chip->status, chip->status_dma);
	dma_free_coherent(chip->dev, 8192, chip->ring, chip->ring_dma);
}

const struct chip_ops new_ops = {
	.setup = new_setup,
	.cleanup = new_cleanup,
};
