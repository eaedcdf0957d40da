// SPDX-License-Identifier: GPL-2.0-or-later
#include "chip.h"

static int old_setup(struct chip *chip)
{
	chip->ring = dma_alloc_coherent(chip->dev, 4096, &chip->ring_dma,
					GFP_KERNEL);
	return chip->ring ? 0 : -ENOMEM;
}

static void old_cleanup(struct chip *chip)
{
	dma_free_coherent(chip->dev, 4096, chip->ring, chip->ring_dma);
}

const struct chip_ops old_ops = {
	.setup = old_setup,
	.cleanup = old_cleanup,
};
