/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SOUND_PCM_H
#define SIM_SOUND_PCM_H

#include <sound/memalloc.h>

struct snd_pcm_runtime {
	void *private_data;
	unsigned char *dma_area;
	dma_addr_t dma_addr;
	size_t dma_bytes;
};

struct snd_pcm_substream {
	void *private_data;
	struct snd_pcm_runtime *runtime;
	struct snd_dma_buffer dma_buffer;
};

struct snd_pcm_hw_params {
	unsigned int flags;
};

struct snd_pcm {
	struct snd_pcm_substream *streams[2];
	void *private_data;
	void (*private_free)(struct snd_pcm *pcm);
	bool nonatomic;
};

struct snd_pcm_ops {
	int (*open)(struct snd_pcm_substream *s);
	int (*close)(struct snd_pcm_substream *s);
	int (*hw_params)(struct snd_pcm_substream *s,
			 struct snd_pcm_hw_params *params);
	int (*hw_free)(struct snd_pcm_substream *s);
	int (*prepare)(struct snd_pcm_substream *s);
	int (*trigger)(struct snd_pcm_substream *s, int cmd);
};

void *snd_pcm_substream_chip(struct snd_pcm_substream *s);
size_t params_buffer_bytes(const struct snd_pcm_hw_params *params);
int snd_pcm_set_managed_buffer_all(struct snd_pcm *pcm, int type,
				   struct device *dev, size_t size,
				   size_t max);

#endif
