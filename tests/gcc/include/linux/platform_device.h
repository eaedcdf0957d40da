/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_PLATFORM_DEVICE_H
#define SIM_LINUX_PLATFORM_DEVICE_H

#include <linux/device.h>
#include <linux/io.h>
#include <linux/module.h>

struct platform_device {
	const char *name;
	int id;
	struct device dev;
};

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	int (*remove)(struct platform_device *pdev);
	struct device_driver driver;
};

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev,
					void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

int platform_get_irq(struct platform_device *pdev, unsigned int n);
void *devm_platform_ioremap_resource(struct platform_device *pdev,
				     unsigned int n);
int platform_driver_register(struct platform_driver *drv);
#define module_platform_driver(drv)	\
	module_driver(drv, platform_driver_register)

#endif
