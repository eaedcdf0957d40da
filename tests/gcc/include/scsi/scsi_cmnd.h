/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SCSI_SCSI_CMND_H
#define SIM_SCSI_SCSI_CMND_H

#include <linux/dma-mapping.h>

#define SCSI_MLQUEUE_HOST_BUSY	0x1055
#define DID_ERROR		7

struct scsi_device {
	void *host;
	void *hostdata;
};

struct scsi_cmnd {
	struct scsi_device *device;
	struct sg_table *sdb_table;
	unsigned int sdb_length;
	int result;
	void *host_scribble;
	unsigned char *cmnd;
};

int scsi_dma_map(struct scsi_cmnd *cmd);
void scsi_dma_unmap(struct scsi_cmnd *cmd);
void scsi_done(struct scsi_cmnd *cmd);

static inline struct scatterlist *scsi_sglist(struct scsi_cmnd *cmd)
{
	return cmd->sdb_table->sgl;
}

static inline unsigned int scsi_sg_count(struct scsi_cmnd *cmd)
{
	return cmd->sdb_table->nents;
}

static inline unsigned int scsi_bufflen(struct scsi_cmnd *cmd)
{
	return cmd->sdb_length;
}

#define scsi_for_each_sg(cmd, sg, n, i)	\
	for_each_sg(scsi_sglist(cmd), sg, n, i)

#endif
