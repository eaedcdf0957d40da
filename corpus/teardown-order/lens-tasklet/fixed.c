// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

#define LENS_FRAMES	3

struct lens {
	struct device *dev;
	struct tasklet_struct copy;
	void *frame[LENS_FRAMES];
	dma_addr_t frame_dma[LENS_FRAMES];
	size_t bytes;
	int next;
	void *user;
};

static void lens_copy(struct tasklet_struct *t)
{
	struct lens *lens = container_of(t, struct lens, copy);

	memcpy(lens->user, lens->frame[lens->next], lens->bytes);
}

static void lens_free_frames(struct lens *lens)
{
	int i;

	for (i = 0; i < LENS_FRAMES; i++) {
		if (!lens->frame[i])
			continue;
		dma_free_coherent(lens->dev, lens->bytes, lens->frame[i],
				  lens->frame_dma[i]);
		lens->frame[i] = NULL;
	}
}

static int lens_probe(struct platform_device *pdev)
{
	struct lens *lens = platform_get_drvdata(pdev);
	int i;

	tasklet_setup(&lens->copy, lens_copy);
	for (i = 0; i < LENS_FRAMES; i++) {
		lens->frame[i] = dma_alloc_coherent(lens->dev, lens->bytes,
						    &lens->frame_dma[i],
						    GFP_KERNEL);
		if (!lens->frame[i])
			goto free;
	}
	return 0;
free:
	lens_free_frames(lens);
	return -ENOMEM;
}

static int lens_remove(struct platform_device *pdev)
{
	struct lens *lens = platform_get_drvdata(pdev);

	tasklet_kill(&lens->copy);
	lens_free_frames(lens);
	return 0;
}

static struct platform_driver lens_driver = {
	.probe = lens_probe,
	.remove = lens_remove,
	.driver = { .name = "lens" },
};
module_platform_driver(lens_driver);
