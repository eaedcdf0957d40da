/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "grab.h"

int grab_queue_init(struct grab *grab)
{
	grab->queue.io_modes = VB2_MMAP | VB2_DMABUF;
	grab->queue.mem_ops = &vb2_dma_contig_memops;
	grab->queue.dev = grab->dev;
	return vb2_queue_init(&grab->queue);
}
