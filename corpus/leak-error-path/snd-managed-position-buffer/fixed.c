// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <sound/pcm.h>

struct pos {
	struct device *dev;
	__le32 *cpu;
	dma_addr_t dma;
};

int pos_create(struct pos *p, struct snd_pcm *pcm);

static void pos_free(struct snd_pcm *pcm)
{
	struct pos *p = pcm->private_data;

	dma_free_coherent(p->dev, 64, p->cpu, p->dma);
}

int pos_create(struct pos *p, struct snd_pcm *pcm)
{
	dma_addr_t dma;
	__le32 *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);
	int ret;

	if (!cpu)
		return -ENOMEM;
	ret = snd_pcm_set_managed_buffer_all(pcm, SNDRV_DMA_TYPE_DEV, p->dev,
					     8192, 8192);
	if (ret) {
		dma_free_coherent(p->dev, 64, cpu, dma);
		return ret;
	}
	p->cpu = cpu;
	p->dma = dma;
	pcm->private_data = p;
	pcm->private_free = pos_free;
	return 0;
}
