/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SOUND_MEMALLOC_H
#define SIM_SOUND_MEMALLOC_H

#include <linux/device.h>

#define SNDRV_DMA_TYPE_DEV	2

struct snd_dma_device {
	int type;
	struct device *dev;
};

struct snd_dma_buffer {
	struct snd_dma_device dev;
	unsigned char *area;
	dma_addr_t addr;
	size_t bytes;
};

int snd_dma_alloc_pages(int type, struct device *dev, size_t size,
			struct snd_dma_buffer *dmab);
void snd_dma_free_pages(struct snd_dma_buffer *dmab);

#endif
