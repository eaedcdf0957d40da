/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_DEVICE_H
#define SIM_LINUX_DEVICE_H

#include <linux/kernel.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/list.h>

struct device_driver {
	const char *name;
	struct module *owner;
};

struct device {
	struct device *parent;
	struct device_driver *driver;
	void *platform_data;
	void *driver_data;
	u64 *dma_mask;
	u64 coherent_dma_mask;
	void *of_node;
};

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

void _dev_err(const struct device *dev, const char *fmt, ...);
void _dev_warn(const struct device *dev, const char *fmt, ...);
void _dev_info(const struct device *dev, const char *fmt, ...);
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...);
#define dev_err(dev, fmt, ...)	_dev_err(dev, fmt, ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)	_dev_warn(dev, fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)	_dev_info(dev, fmt, ##__VA_ARGS__)
#define dev_dbg(dev, fmt, ...) do {				\
	if (0)							\
		_dev_info(dev, fmt, ##__VA_ARGS__);		\
} while (0)

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
	__attribute__((malloc));
void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
	__attribute__((malloc));
void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp)
	__attribute__((malloc));
void devm_kfree(struct device *dev, const void *p);
int devm_add_action(struct device *dev, void (*action)(void *), void *data);

static inline int devm_add_action_or_reset(struct device *dev,
					   void (*action)(void *), void *data)
{
	int ret = devm_add_action(dev, action, data);

	if (ret)
		action(data);
	return ret;
}

#endif
