// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/pci.h>

#define CAPTURE_BUFFERS	8
#define CAPTURE_BYTES	65536

struct capture_buffer {
	void *cpu;
	dma_addr_t dma;
};

struct capture {
	struct device *dev;
	struct capture_buffer buffer[CAPTURE_BUFFERS];
};

static int capture_get_buffers(struct capture *cap, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		struct capture_buffer *b = &cap->buffer[i];

		b->cpu = dma_alloc_coherent(cap->dev, CAPTURE_BYTES, &b->dma,
					    GFP_KERNEL);
		if (!b->cpu)
			goto undo;
	}
	return 0;

undo:
	while (i--)
		dma_free_coherent(cap->dev, CAPTURE_BYTES, cap->buffer[i].cpu,
				  cap->buffer[i].dma);
	return -ENOMEM;
}

static void capture_put_buffers(struct capture *cap, unsigned int count)
{
	while (count--)
		dma_free_coherent(cap->dev, CAPTURE_BYTES,
				  cap->buffer[count].cpu,
				  cap->buffer[count].dma);
}

int capture_begin(struct capture *cap, unsigned int count)
{
	int err;

	if (count > CAPTURE_BUFFERS)
		return -EINVAL;
	err = capture_get_buffers(cap, count);
	if (err)
		dev_err(cap->dev, "no memory for %u buffers\n", count);
	return err;
}

void capture_end(struct capture *cap, unsigned int count)
{
	capture_put_buffers(cap, count);
}
