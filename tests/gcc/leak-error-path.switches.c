// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A caller finds a flag down, and its callee, which asks again, finds it up:
 * others raise it meanwhile.
 */
#include "leak-error-path.h"

struct device_state {
	struct priv p;
	bool resetting;
	bool has_ring;
};

void reset_ok(struct device_state *s)
{
	s->resetting = true;
	writel(1, s->p.regs);
	s->resetting = false;
}

static int queue_mapped_bad(struct device_state *s, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		return n;
	if (n > 8) {
		scsi_dma_unmap(cmd);
		return -ENOSPC;
	}
	if (s->resetting)
		return -EBUSY;		/* dma-leak-error-path: medium */
	writel(n, s->p.regs);
	return 0;
}

int asks_first_ok(struct device_state *s, struct scsi_cmnd *cmd)
{
	if (s->resetting)
		return -EBUSY;
	return queue_mapped_bad(s, cmd);
}

static int queue_mapped_ok(struct device_state *s, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		return n;
	if (n > 8) {
		scsi_dma_unmap(cmd);
		return -ENOSPC;
	}
	if (s->resetting)
		return -EBUSY;
	writel(n, s->p.regs);
	return 0;
}

int asks_first_and_unmaps_ok(struct device_state *s, struct scsi_cmnd *cmd)
{
	int ret;

	if (s->resetting)
		return -EAGAIN;
	ret = queue_mapped_ok(s, cmd);
	if (ret == -EBUSY)
		scsi_dma_unmap(cmd);
	return ret;
}

/* What is set once and never again is what it was found to be. */
void describe_ok(struct device_state *s)
{
	s->has_ring = true;
}

static int queue_if_ring_ok(struct device_state *s, struct scsi_cmnd *cmd)
{
	int n = scsi_dma_map(cmd);

	if (n < 0)
		return n;
	if (n > 8) {
		scsi_dma_unmap(cmd);
		return -ENOSPC;
	}
	if (!s->has_ring)
		return -EINVAL;
	writel(n, s->p.regs);
	return 0;
}

int asks_for_ring_ok(struct device_state *s, struct scsi_cmnd *cmd)
{
	if (!s->has_ring)
		return -EINVAL;
	return queue_if_ring_ok(s, cmd);
}
