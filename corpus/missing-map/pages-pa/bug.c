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
	tb->table = (u64 *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, 1);
	if (!tb->table)
		return -ENOMEM;
	writel(lower_32_bits(__pa(tb->table)), tb->regs);
	writel(upper_32_bits((u64)__pa(tb->table)), tb->regs + 4);
	return 0;
}

void tb_clear_base(struct tb *tb)
{
	writel(0, tb->regs);
	writel(0, tb->regs + 4);
	free_pages((unsigned long)tb->table, 1);
	tb->table = NULL;
}
