// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct port_iu {
	u8 bytes[64];
};

struct port_op {
	struct port_iu *cmd;
	struct port_iu *rsp;
	dma_addr_t cmd_dma;
	dma_addr_t rsp_dma;
	unsigned int tag;
};

struct port {
	struct device *dev;
	void __iomem *regs;
};

int port_init_op(struct port *port, struct port_op *op, unsigned int tag);
void port_exit_op(struct port *port, struct port_op *op);

int port_init_op(struct port *port, struct port_op *op, unsigned int tag)
{
	int ret = 0;

	op->tag = tag;
	op->cmd_dma = dma_map_single(port->dev, op->cmd, sizeof(*op->cmd),
				     DMA_TO_DEVICE);
	if (dma_mapping_error(port->dev, op->cmd_dma)) {
		dev_err(port->dev, "command mapping failed\n");
		ret = -EFAULT;
		goto out;
	}

	op->rsp_dma = dma_map_single(port->dev, op->rsp, sizeof(*op->rsp),
				     DMA_FROM_DEVICE);
	if (dma_mapping_error(port->dev, op->rsp_dma)) {
		dev_err(port->dev, "response mapping failed\n");
		ret = -EFAULT;
	}
out:
	return ret;
}

void port_exit_op(struct port *port, struct port_op *op)
{
	dma_unmap_single(port->dev, op->rsp_dma, sizeof(*op->rsp),
			 DMA_FROM_DEVICE);
	dma_unmap_single(port->dev, op->cmd_dma, sizeof(*op->cmd),
			 DMA_TO_DEVICE);
}
