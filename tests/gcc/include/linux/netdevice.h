/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_NETDEVICE_H
#define SIM_LINUX_NETDEVICE_H

#include <linux/device.h>
#include <linux/interrupt.h>

struct sk_buff;
struct net_device;

typedef enum { NETDEV_TX_OK = 0, NETDEV_TX_BUSY = 0x10 } netdev_tx_t;

struct net_device_ops {
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb,
				      struct net_device *dev);
};

struct net_device_stats {
	unsigned long rx_packets, tx_packets, rx_dropped, tx_dropped;
};

struct net_device {
	char name[16];
	unsigned int mtu;
	int irq;
	const struct net_device_ops *netdev_ops;
	struct net_device_stats stats;
	struct device dev;
};

struct napi_struct {
	int weight;
	struct net_device *dev;
};

static inline void *netdev_priv(const struct net_device *dev)
{
	return (char *)dev + ALIGN(sizeof(struct net_device), 32);
}

#define SET_NETDEV_DEV(net, pdev)	((net)->dev.parent = (pdev))

struct net_device *alloc_etherdev_mqs(int priv_size, unsigned int txqs,
				      unsigned int rxqs);
#define alloc_etherdev(priv_size)	alloc_etherdev_mqs(priv_size, 1, 1)
void free_netdev(struct net_device *dev);
int register_netdev(struct net_device *dev);
void unregister_netdev(struct net_device *dev);
void netif_start_queue(struct net_device *dev);
void netif_stop_queue(struct net_device *dev);
bool netif_running(const struct net_device *dev);
void napi_enable(struct napi_struct *napi);
void napi_disable(struct napi_struct *napi);
bool napi_complete_done(struct napi_struct *napi, int work);
int napi_gro_receive(struct napi_struct *napi, struct sk_buff *skb);
void netdev_err(const struct net_device *dev, const char *fmt, ...);

#endif
