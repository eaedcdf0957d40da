// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct bnx_txd {
	__le64 addr;
	__le32 len;
};

struct bnx {
	struct device *dev;
	void __iomem *db;
	struct bnx_txd *txd;
	unsigned int prod, cons, mask;
};

int bnx_xdp_send(struct bnx *bnx, void *data, size_t len);

static bool bnx_full(const struct bnx *bnx)
{
	return ((bnx->prod + 1) & bnx->mask) == bnx->cons;
}

int bnx_xdp_send(struct bnx *bnx, void *data, size_t len)
{
	struct bnx_txd *txd;
	dma_addr_t mapping;

	mapping = dma_map_single(bnx->dev, data, len, DMA_TO_DEVICE);
	if (dma_mapping_error(bnx->dev, mapping))
		return -ENOMEM;

	if (bnx_full(bnx)) {
		dma_unmap_single(bnx->dev, mapping, PAGE_SIZE, DMA_TO_DEVICE);
		return -ENOSPC;
	}
	txd = &bnx->txd[bnx->prod];
	txd->addr = cpu_to_le64(mapping);
	txd->len = cpu_to_le32(len);
	bnx->prod = (bnx->prod + 1) & bnx->mask;
	writel(bnx->prod, bnx->db);
	return 0;
}
