/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_MODULE_H
#define SIM_LINUX_MODULE_H

#include <linux/kernel.h>

#define THIS_MODULE	((struct module *)0)
#define MODULE_LICENSE(x)
#define MODULE_DESCRIPTION(x)
#define module_driver(drv, reg)		\
	int drv##_init(void);		\
	int drv##_init(void)		\
	{				\
		return reg(&drv);	\
	}

#endif
