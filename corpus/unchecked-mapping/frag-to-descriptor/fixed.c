// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/skbuff.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct vd_desc {
	__le64 addr;
	__le32 len;
	__le32 own;
};

struct vd {
	struct device *dev;
	struct vd_desc *desc;
	unsigned int head;
};

int vd_add_frag(struct vd *vd, const skb_frag_t *frag);

int vd_add_frag(struct vd *vd, const skb_frag_t *frag)
{
	struct vd_desc *desc = &vd->desc[vd->head];
	dma_addr_t dma;

	dma = skb_frag_dma_map(vd->dev, frag, 0, skb_frag_size(frag),
			       DMA_TO_DEVICE);
	if (dma_mapping_error(vd->dev, dma))
		return -ENOMEM;
	desc->addr = cpu_to_le64(dma);
	desc->len = cpu_to_le32(skb_frag_size(frag));
	wmb();
	desc->own = cpu_to_le32(1);
	vd->head++;
	return 0;
}
