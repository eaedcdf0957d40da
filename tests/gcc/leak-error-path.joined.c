// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * More ways than worlds: where they meet, what they know of a member becomes
 * one value that stands for all, and a branch on it proves nothing.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct engine {
	struct device *dev;
	void *regs;
	u32 mode, a, b, c, d;
};

#define ASK(e, reg, member) do {					\
	if (readl((e)->regs + (reg)))					\
		(e)->member = reg;					\
	else								\
		(e)->mode = (e)->mode << 1 | (reg);			\
} while (0)

/* The same value is asked before the buffer is made and before it is freed. */
int engine_start_ok(struct engine *e)
{
	dma_addr_t dma;
	void *buf;
	u32 made;

	e->mode = 0;
	ASK(e, 1, a);
	ASK(e, 2, b);
	ASK(e, 3, c);
	ASK(e, 4, d);
	ASK(e, 5, a);
	ASK(e, 6, b);
	ASK(e, 7, c);
	made = e->mode;
	if (made & 4) {
		buf = dma_alloc_coherent(e->dev, 64, &dma, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	ASK(e, 8, d);
	ASK(e, 9, a);
	ASK(e, 10, b);
	ASK(e, 11, c);
	if (readl(e->regs)) {
		if (made & 4)
			dma_free_coherent(e->dev, 64, buf, dma);
		return -EIO;
	}
	if (made & 4)
		dma_free_coherent(e->dev, 64, buf, dma);
	return 0;
}
