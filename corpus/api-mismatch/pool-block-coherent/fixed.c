// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dmapool.h>
#include <linux/dma-mapping.h>

struct qh_hw {
	__le32 next;
	__le32 token;
	__le64 buf[5];
};

struct qh {
	struct qh_hw *hw;
	dma_addr_t dma;
};

struct hcd {
	struct device *dev;
	struct dma_pool *pool;
};

struct qh *qh_get(struct hcd *hcd, gfp_t gfp);
void qh_put(struct hcd *hcd, struct qh *qh);

struct qh *qh_get(struct hcd *hcd, gfp_t gfp)
{
	struct qh_hw *hw;
	struct qh *qh;
	dma_addr_t dma;

	hw = dma_pool_zalloc(hcd->pool, gfp, &dma);
	if (!hw)
		return NULL;
	qh = kzalloc(sizeof(*qh), gfp);
	if (!qh) {
		dma_pool_free(hcd->pool, hw, dma);
		return NULL;
	}
	qh->hw = hw;
	qh->dma = dma;
	return qh;
}

void qh_put(struct hcd *hcd, struct qh *qh)
{
	dma_pool_free(hcd->pool, qh->hw, qh->dma);
	kfree(qh);
}
