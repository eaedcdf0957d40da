/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_MMC_HOST_H
#define SIM_LINUX_MMC_HOST_H

#include <linux/dma-mapping.h>
#include <linux/platform_device.h>

#define MMC_DATA_WRITE	BIT(8)
#define MMC_DATA_READ	BIT(9)

struct mmc_data {
	unsigned int blksz, blocks;
	int error;
	unsigned int flags;
	unsigned int sg_len;
	int sg_count;
	struct scatterlist *sg;
	s32 host_cookie;
};

struct mmc_request {
	struct mmc_data *data;
};

struct mmc_host {
	struct device *parent;
	unsigned long private[];
};

static inline void *mmc_priv(struct mmc_host *host)
{
	return (void *)host->private;
}

static inline enum dma_data_direction mmc_get_dma_dir(struct mmc_data *data)
{
	return data->flags & MMC_DATA_WRITE ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
}

void mmc_request_done(struct mmc_host *host, struct mmc_request *mrq);

#endif
