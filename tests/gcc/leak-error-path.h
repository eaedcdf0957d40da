/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The driver that the tests of leaks on error paths share: its structures, and
 * functions of its other files, of which nothing is known here.
 */
#ifndef LEAK_ERROR_PATH_H
#define LEAK_ERROR_PATH_H

#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/usb.h>
#include <linux/dmaengine.h>
#include <linux/completion.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <scsi/scsi_cmnd.h>

struct desc {
	__le32 addr_lo, addr_hi;
	__le32 len;
};

struct buf {
	struct list_head node;
	void *cpu;
	dma_addr_t dma;
	size_t size;
	bool mapped;
};

struct priv {
	struct device *dev;
	void *regs;
	struct desc *ring;
	dma_addr_t ring_dma;
	struct desc *ring2;
	dma_addr_t ring2_dma;
	struct dma_pool *pool;
	struct buf *bufs;
	struct buf slot[8];
	unsigned int count, head;
	struct list_head queue;
	struct mutex lock;
	struct completion done;
	bool use_dma;
	struct dma_chan *chan;
};

int work(struct priv *p);
int submit(struct priv *p, dma_addr_t dma, size_t len);
int start(void *cpu);
bool busy(struct priv *p);

#endif
