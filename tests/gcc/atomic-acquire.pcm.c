// SPDX-License-Identifier: GPL-2.0-or-later
/* A trigger is called with the lock of the stream held. */
#include <linux/dma-mapping.h>
#include <sound/pcm.h>

struct voice {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
};

static int voice_trigger_bad(struct snd_pcm_substream *s, int cmd)
{
	struct voice *v = s->private_data;

	/* dma-atomic-acquire: high */
	v->cpu = dma_alloc_coherent(v->dev, 64, &v->dma, GFP_KERNEL);
	return v->cpu ? cmd : -ENOMEM;
}

static int voice_close_ok(struct snd_pcm_substream *s)
{
	struct voice *v = s->private_data;

	dma_free_coherent(v->dev, 64, v->cpu, v->dma);
	v->cpu = NULL;
	return 0;
}

const struct snd_pcm_ops voice_ops = {
	.close = voice_close_ok,
	.trigger = voice_trigger_bad,
};
