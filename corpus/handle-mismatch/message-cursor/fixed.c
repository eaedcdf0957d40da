// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define MB_BYTES	256

struct mb {
	struct device *dev;
	void __iomem *regs;
};

int mb_wait(struct mb *mb);
int mb_send(struct mb *mb, u32 command, u32 argument);

int mb_send(struct mb *mb, u32 command, u32 argument)
{
	dma_addr_t dma;
	__le32 *msg;
	int err;

	msg = dma_alloc_coherent(mb->dev, MB_BYTES, &dma, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	msg[0] = cpu_to_le32(command);
	msg[1] = cpu_to_le32(argument);
	writel(lower_32_bits(dma), mb->regs);
	err = mb_wait(mb);
	dma_free_coherent(mb->dev, MB_BYTES, msg, dma);
	return err;
}
