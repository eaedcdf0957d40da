// SPDX-License-Identifier: GPL-2.0-or-later
#include "chip.h"

/* What setup() leaves when it fails, nobody here releases. */
int chip_start(struct chip *chip)
{
	int ret = chip->ops->setup(chip);

	if (ret)
		return ret;
	if (readl(chip->regs)) {
		chip->ops->cleanup(chip);
		return -EIO;
	}
	return 0;
}

void chip_stop(struct chip *chip)
{
	chip->ops->cleanup(chip);
}

void chip_select(struct chip *chip, int old)
{
	chip->ops = old ? &old_ops : &new_ops;
}
