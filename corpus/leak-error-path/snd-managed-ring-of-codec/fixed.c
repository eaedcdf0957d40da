// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <sound/pcm.h>

struct codec {
	struct device *dev;
	struct snd_dma_buffer cmd;
};

int codec_pcm_new(struct codec *c, struct snd_pcm **pcm);

static int codec_probe(struct platform_device *pdev)
{
	struct codec *c = devm_kzalloc(&pdev->dev, sizeof(*c), GFP_KERNEL);
	struct snd_pcm *pcm;
	int ret;

	if (!c)
		return -ENOMEM;
	c->dev = &pdev->dev;
	ret = snd_dma_alloc_pages(SNDRV_DMA_TYPE_DEV, c->dev, 4096, &c->cmd);
	if (ret < 0)
		return ret;
	ret = codec_pcm_new(c, &pcm);
	if (ret < 0)
		goto free;
	ret = snd_pcm_set_managed_buffer_all(pcm, SNDRV_DMA_TYPE_DEV, c->dev,
					     32768, 32768);
	if (ret < 0)
		goto free;
	platform_set_drvdata(pdev, c);
	return 0;
free:
	snd_dma_free_pages(&c->cmd);
	return ret;
}

static int codec_remove(struct platform_device *pdev)
{
	struct codec *c = platform_get_drvdata(pdev);

	snd_dma_free_pages(&c->cmd);
	return 0;
}

struct platform_driver codec_driver = { .probe = codec_probe,
					.remove = codec_remove };
