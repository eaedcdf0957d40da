// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct tb {
	struct device *dev;
	void __iomem *regs;
	u64 *table;
	dma_addr_t table_dma;
};

int tb_set_base(struct tb *tb);
void tb_clear_base(struct tb *tb);

int tb_set_base(struct tb *tb)
{
	tb->table = dma_alloc_coherent(tb->dev, 2 * PAGE_SIZE, &tb->table_dma,
				       GFP_KERNEL);
	if (!tb->table)
		return -ENOMEM;
	writel(lower_32_bits(tb->table_dma), tb->regs);
	writel(upper_32_bits(tb->table_dma), tb->regs + 4);
	return 0;
}

void tb_clear_base(struct tb *tb)
{
	writel(0, tb->regs);
	writel(0, tb->regs + 4);
	dma_free_coherent(tb->dev, 2 * PAGE_SIZE, tb->table, tb->table_dma);
	tb->table = NULL;
}
