// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

#define XR_DESCS	32
#define XR_LEN		1600
#define XR_OWN		BIT(31)

struct xr_desc {
	__le32 ctl;
	__le32 addr;
};

struct xr {
	struct device *dev;
	struct net_device *ndev;
	struct xr_desc *desc;
	struct sk_buff *skb[XR_DESCS];
	dma_addr_t dma[XR_DESCS];
	unsigned int cur;
};

int xr_refill(struct xr *xr);

int xr_refill(struct xr *xr)
{
	struct sk_buff *skb;
	dma_addr_t mapping;

	skb = netdev_alloc_skb(xr->ndev, XR_LEN);
	if (!skb)
		return -ENOMEM;

	mapping = dma_map_single(xr->dev, skb->data, XR_LEN, DMA_FROM_DEVICE);
	if (unlikely(dma_mapping_error(xr->dev, mapping))) {
		dev_kfree_skb_any(skb);
		return -ENOMEM;
	}

	xr->skb[xr->cur] = skb;
	xr->dma[xr->cur] = mapping;
	xr->desc[xr->cur].addr = cpu_to_le32(mapping);
	dma_wmb();
	xr->desc[xr->cur].ctl = cpu_to_le32(XR_OWN | XR_LEN);
	xr->cur = (xr->cur + 1) % XR_DESCS;
	return 0;
}
