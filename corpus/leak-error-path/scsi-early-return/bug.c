// SPDX-License-Identifier: GPL-2.0-or-later
#include <scsi/scsi_cmnd.h>
#include <linux/io.h>

#define HBA_MAX_SG	32

struct hba_sg {
	__le64 addr;
	__le32 len;
	__le32 flags;
};

struct hba_req {
	struct scsi_cmnd *cmd;
	u32 count;
	struct hba_sg sg[HBA_MAX_SG];
};

struct hba {
	struct device *dev;
	void __iomem *regs;
	bool in_reset;
};

int hba_queue(struct hba *hba, struct hba_req *req, struct scsi_cmnd *cmd);
void hba_complete(struct hba *hba, struct hba_req *req, int result);

int hba_queue(struct hba *hba, struct hba_req *req, struct scsi_cmnd *cmd)
{
	struct scatterlist *sg;
	int count, i;

	count = scsi_dma_map(cmd);
	if (count < 0)
		return count;
	if (count > HBA_MAX_SG) {
		scsi_dma_unmap(cmd);
		return -EINVAL;
	}

	scsi_for_each_sg(cmd, sg, count, i) {
		req->sg[i].addr = cpu_to_le64(sg_dma_address(sg));
		req->sg[i].len = cpu_to_le32(sg_dma_len(sg));
	}

	if (hba->in_reset) {
		cmd->result = DID_ERROR << 16;
		return SCSI_MLQUEUE_HOST_BUSY;
	}

	req->cmd = cmd;
	req->count = count;
	writel(count, hba->regs + 0x40);
	return 0;
}

void hba_complete(struct hba *hba, struct hba_req *req, int result)
{
	struct scsi_cmnd *cmd = req->cmd;

	req->cmd = NULL;
	scsi_dma_unmap(cmd);
	cmd->result = result;
	scsi_done(cmd);
}
