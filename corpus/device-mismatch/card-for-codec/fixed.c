// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct pcm {
	struct device *dma_dev;
	struct device *card_dev;
	void __iomem *regs;
	void *bounce;
	dma_addr_t bounce_dma;
};

int pcm_set_rate(struct pcm *pcm, unsigned int rate);
int pcm_prepare(struct pcm *pcm, size_t bytes, unsigned int rate);

int pcm_prepare(struct pcm *pcm, size_t bytes, unsigned int rate)
{
	dma_addr_t dma;
	void *bounce;
	int err;

	bounce = dma_alloc_coherent(pcm->dma_dev, bytes, &dma, GFP_KERNEL);
	if (!bounce)
		return -ENOMEM;
	err = pcm_set_rate(pcm, rate);
	if (err < 0) {
		dma_free_coherent(pcm->dma_dev, bytes, bounce, dma);
		return err;
	}
	pcm->bounce = bounce;
	pcm->bounce_dma = dma;
	writel(lower_32_bits(dma), pcm->regs + 0x40);
	return 0;
}
