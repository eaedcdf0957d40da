// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct mbox {
	struct device *dev;
	void *regs;
	void *msg;
	dma_addr_t msg_dma;
	struct mbox_work {
		int pending;
	} work;
};

#define MBOX_STATUS	0x10
#define MBOX_FATAL	0x80
#define MBOX_SIZE	8192

static void mbox_fatal(struct mbox *m)
{
	writel(0, m->regs + MBOX_STATUS);
	if (m->msg) {
		dma_free_coherent(m->dev, MBOX_SIZE, m->msg, m->msg_dma);
		m->msg = NULL;
	}
}

static irqreturn_t mbox_irq(int irq, void *data)
{
	struct mbox *m = data;

	if (readl(m->regs + MBOX_STATUS) & MBOX_FATAL)
		mbox_fatal(m);
	return IRQ_HANDLED;
}

int mbox_start(struct mbox *m, unsigned int irq)
{
	int ret;

	m->msg = dma_alloc_coherent(m->dev, MBOX_SIZE, &m->msg_dma,
				    GFP_KERNEL);
	if (!m->msg)
		return -ENOMEM;
	ret = request_irq(irq, mbox_irq, 0, "mbox", m);
	if (ret)
		dma_free_coherent(m->dev, MBOX_SIZE, m->msg, m->msg_dma);
	return ret;
}
