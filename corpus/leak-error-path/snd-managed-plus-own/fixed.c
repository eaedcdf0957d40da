// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <sound/pcm.h>

struct chip {
	struct device *dev;
	void *bdl;
	dma_addr_t bdl_dma;
	bool gone;
};

static int chip_open(struct snd_pcm_substream *s)
{
	struct chip *c = snd_pcm_substream_chip(s);
	dma_addr_t dma;
	void *bdl = dma_alloc_coherent(c->dev, 4096, &dma, GFP_KERNEL);

	if (!bdl)
		return -ENOMEM;
	if (c->gone) {
		dma_free_coherent(c->dev, 4096, bdl, dma);
		return -ENODEV;
	}
	c->bdl = bdl;
	c->bdl_dma = dma;
	return 0;
}

static int chip_close(struct snd_pcm_substream *s)
{
	struct chip *c = snd_pcm_substream_chip(s);

	dma_free_coherent(c->dev, 4096, c->bdl, c->bdl_dma);
	return 0;
}

const struct snd_pcm_ops chip_ops = { .open = chip_open,
				      .close = chip_close };

int chip_pcm(struct chip *c, struct snd_pcm *pcm);

int chip_pcm(struct chip *c, struct snd_pcm *pcm)
{
	pcm->private_data = c;
	return snd_pcm_set_managed_buffer_all(pcm, SNDRV_DMA_TYPE_DEV, c->dev,
					      65536, 65536);
}
