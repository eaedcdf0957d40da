// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/dma-mapping.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#define SWITCH_QUEUES	4
#define SWITCH_BYTES	8192

struct switch_ring {
	void *desc;
	dma_addr_t dma;
	u32 *state;
};

struct switch_port {
	struct device *dev;
	struct switch_ring *tx[SWITCH_QUEUES], *rx[SWITCH_QUEUES];
};

static int switch_make_ring(struct switch_port *port, struct switch_ring *ring)
{
	ring->desc = dma_alloc_coherent(port->dev, SWITCH_BYTES, &ring->dma,
					GFP_KERNEL);
	if (!ring->desc)
		return -ENOMEM;
	ring->state = kcalloc(64, sizeof(*ring->state), GFP_KERNEL);
	if (!ring->state) {
		dma_free_coherent(port->dev, SWITCH_BYTES, ring->desc,
				  ring->dma);
		return -ENOMEM;
	}
	return 0;
}

static void switch_drop_ring(struct switch_port *port,
			     struct switch_ring *ring)
{
	kfree(ring->state);
	dma_free_coherent(port->dev, SWITCH_BYTES, ring->desc, ring->dma);
}

static int switch_make_rings(struct switch_port *port)
{
	int i, err;

	for (i = 0; i < SWITCH_QUEUES; i++) {
		err = switch_make_ring(port, port->tx[i]);
		if (err)
			goto drop_tx;
	}
	for (i = 0; i < SWITCH_QUEUES; i++) {
		err = switch_make_ring(port, port->rx[i]);
		if (err)
			goto drop_rx;
	}
	return 0;

drop_rx:
	while (i--)
		switch_drop_ring(port, port->rx[i]);
	i = SWITCH_QUEUES;
drop_tx:
	while (i--)
		switch_drop_ring(port, port->tx[i]);
	return err;
}

static int switch_open(struct net_device *ndev)
{
	return switch_make_rings(netdev_priv(ndev));
}

static int switch_stop(struct net_device *ndev)
{
	struct switch_port *port = netdev_priv(ndev);
	int i;

	for (i = 0; i < SWITCH_QUEUES; i++) {
		switch_drop_ring(port, port->rx[i]);
		switch_drop_ring(port, port->tx[i]);
	}
	return 0;
}

const struct net_device_ops switch_netdev_ops = {
	.ndo_open = switch_open,
	.ndo_stop = switch_stop,
};
