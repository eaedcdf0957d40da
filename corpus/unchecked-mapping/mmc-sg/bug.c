// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/mmc/host.h>
#include <linux/io.h>

#define SDIO_MAX_BD	64

struct sdio_bd {
	__le32 addr;
	__le32 len;
};

struct sdio {
	struct device *dev;
	void __iomem *regs;
	struct sdio_bd *bd;
	struct mmc_host *mmc;
};

int sdio_prepare(struct sdio *sdio, struct mmc_request *mrq);
void sdio_done(struct sdio *sdio, struct mmc_request *mrq);

int sdio_prepare(struct sdio *sdio, struct mmc_request *mrq)
{
	struct mmc_data *data = mrq->data;
	struct scatterlist *sg;
	int i;

	data->sg_count = dma_map_sg(sdio->dev, data->sg, data->sg_len,
				    mmc_get_dma_dir(data));
	for_each_sg(data->sg, sg, data->sg_count, i) {
		sdio->bd[i].addr = cpu_to_le32(sg_dma_address(sg));
		sdio->bd[i].len = cpu_to_le32(sg_dma_len(sg));
	}
	writel(data->blocks, sdio->regs + 0x8);
	writel(1, sdio->regs + 0x4);
	return 0;
}

void sdio_done(struct sdio *sdio, struct mmc_request *mrq)
{
	struct mmc_data *data = mrq->data;

	dma_unmap_sg(sdio->dev, data->sg, data->sg_len, mmc_get_dma_dir(data));
	mmc_request_done(sdio->mmc, mrq);
}
