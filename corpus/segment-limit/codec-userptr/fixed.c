// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <media/videobuf2-core.h>

struct codec {
	struct device *dev;
	void *tables;
	dma_addr_t tables_dma;
};

int codec_open_queues(struct codec *codec, struct vb2_queue *src,
		      struct vb2_queue *dst);

static void codec_queue(struct codec *codec, struct vb2_queue *q)
{
	q->io_modes = VB2_MMAP | VB2_USERPTR;
	q->mem_ops = &vb2_dma_contig_memops;
	q->dev = codec->dev;
}

int codec_open_queues(struct codec *codec, struct vb2_queue *src,
		      struct vb2_queue *dst)
{
	int err;

	codec_queue(codec, src);
	err = vb2_queue_init(src);
	if (err)
		return err;
	codec_queue(codec, dst);
	return vb2_queue_init(dst);
}

static int codec_probe(struct platform_device *pdev)
{
	struct codec *codec;
	int err;

	codec = devm_kzalloc(&pdev->dev, sizeof(*codec), GFP_KERNEL);
	if (!codec)
		return -ENOMEM;
	codec->dev = &pdev->dev;
	err = dma_set_mask_and_coherent(codec->dev, DMA_BIT_MASK(32));
	if (err)
		return err;
	dma_set_max_seg_size(codec->dev, DMA_BIT_MASK(32));
	codec->tables = dmam_alloc_coherent(codec->dev, 4096,
					    &codec->tables_dma, GFP_KERNEL);
	return codec->tables ? 0 : -ENOMEM;
}

static struct platform_driver codec_driver = {
	.probe = codec_probe,
};

module_platform_driver(codec_driver);
