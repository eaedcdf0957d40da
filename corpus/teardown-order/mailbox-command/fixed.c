// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define HULL_POINTER	0x20
#define HULL_BELL	0x24
#define HULL_RESET	0x28

struct hull {
	struct device *dev;
	void *regs;
	struct completion *waiter;
};

struct hull_cmd {
	u32 code;
	u32 result;
};

int hull_command(struct hull *hull, struct hull_cmd *cmd);

static void hull_reset(struct hull *hull)
{
	dev_err(hull->dev, "firmware does not answer\n");
	writel(1, hull->regs + HULL_RESET);
}

int hull_command(struct hull *hull, struct hull_cmd *cmd)
{
	struct completion answer;
	unsigned long left;
	dma_addr_t dma;

	init_completion(&answer);
	dma = dma_map_single(hull->dev, cmd, sizeof(*cmd), DMA_BIDIRECTIONAL);
	if (dma_mapping_error(hull->dev, dma))
		return -ENOMEM;
	hull->waiter = &answer;
	writel(dma, hull->regs + HULL_POINTER);
	writel(1, hull->regs + HULL_BELL);
	left = wait_for_completion_timeout(&answer, msecs_to_jiffies(10000));
	hull->waiter = NULL;
	if (!left)
		hull_reset(hull);
	dma_unmap_single(hull->dev, dma, sizeof(*cmd), DMA_BIDIRECTIONAL);
	if (!left)
		return -ETIMEDOUT;
	return cmd->result ? -EIO : 0;
}
