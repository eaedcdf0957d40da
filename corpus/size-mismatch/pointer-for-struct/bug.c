// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/platform_device.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>

struct trace_log {
	__le32 head;
	__le32 entry[255];
};

struct trace {
	struct device *dev;
	void __iomem *regs;
	struct trace_log *log;
	dma_addr_t log_dma;
};

int trace_setup(struct trace *trace, int irq);
void trace_teardown(struct trace *trace, int irq);

static irqreturn_t trace_irq(int irq, void *data)
{
	struct trace *trace = data;

	dev_info(trace->dev, "%u\n", le32_to_cpu(trace->log->head));
	return IRQ_HANDLED;
}

int trace_setup(struct trace *trace, int irq)
{
	int err;

	trace->log = dma_alloc_coherent(trace->dev, sizeof(*trace->log),
					&trace->log_dma, GFP_KERNEL);
	if (!trace->log)
		return -ENOMEM;

	err = request_irq(irq, trace_irq, 0, "trace", trace);
	if (err)
		goto err_log;
	writel(lower_32_bits(trace->log_dma), trace->regs);
	return 0;

err_log:
	dma_free_coherent(trace->dev, sizeof(trace->log), trace->log,
			  trace->log_dma);
	return err;
}

void trace_teardown(struct trace *trace, int irq)
{
	writel(0, trace->regs);
	free_irq(irq, trace);
	dma_free_coherent(trace->dev, sizeof(*trace->log), trace->log,
			  trace->log_dma);
}
