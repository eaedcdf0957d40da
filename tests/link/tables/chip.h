/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A driver whose chips differ: each file has the functions of one, and a table
 * of them that the common code calls through.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct chip {
	struct device *dev;
	const struct chip_ops *ops;
	void *regs, *ring, *status;
	dma_addr_t ring_dma, status_dma;
};

struct chip_ops {
	int (*setup)(struct chip *chip);
	void (*cleanup)(struct chip *chip);
};

extern const struct chip_ops old_ops, new_ops;
