// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/netdevice.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct ecm_ring {
	u8 *buf;
	dma_addr_t phys;
	size_t len;
};

struct ecm {
	struct device *dev;
	void __iomem *io;
	struct ecm_ring rx, tx;
};

int ecm_init_rings(struct ecm *ecm, size_t len);
int ecm_hw_check(struct ecm *ecm);

int ecm_init_rings(struct ecm *ecm, size_t len)
{
	int err;

	ecm->rx.buf = dma_alloc_coherent(ecm->dev, len, &ecm->rx.phys,
					 GFP_KERNEL);
	if (!ecm->rx.buf)
		return -ENOMEM;
	ecm->tx.buf = dma_alloc_coherent(ecm->dev, len, &ecm->tx.phys,
					 GFP_KERNEL);
	if (!ecm->tx.buf) {
		err = -ENOMEM;
		goto err_rx;
	}
	iowrite32(lower_32_bits(ecm->rx.phys), ecm->io);
	iowrite32(lower_32_bits(ecm->tx.phys), ecm->io + 4);
	err = ecm_hw_check(ecm);
	if (err)
		goto err_tx;
	ecm->rx.len = ecm->tx.len = len;
	return 0;

err_tx:
	dma_free_coherent(ecm->dev, len, ecm->tx.buf, ecm->tx.phys);
err_rx:
	dma_free_coherent(ecm->dev, len, ecm->rx.buf, ecm->rx.phys);
	return err;
}
