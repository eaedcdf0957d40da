// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct cmdq {
	struct device *dev;
	void __iomem *regs;
	__le64 *slots;
	dma_addr_t slots_dma;
	unsigned int count;
};

int cmdq_create(struct cmdq *q, unsigned int count);
void cmdq_destroy(struct cmdq *q);

int cmdq_create(struct cmdq *q, unsigned int count)
{
	q->count = count;
	q->slots = dma_alloc_coherent(q->dev, count * sizeof(*q->slots),
				      &q->slots_dma, GFP_KERNEL);
	if (dma_mapping_error(q->dev, q->slots_dma))
		return -ENOMEM;
	writel(lower_32_bits(q->slots_dma), q->regs);
	writel(upper_32_bits(q->slots_dma), q->regs + 4);
	return 0;
}

void cmdq_destroy(struct cmdq *q)
{
	dma_free_coherent(q->dev, q->count * sizeof(*q->slots), q->slots,
			  q->slots_dma);
}
