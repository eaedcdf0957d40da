/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_INTERRUPT_H
#define SIM_LINUX_INTERRUPT_H

#include <linux/device.h>

typedef enum { IRQ_NONE, IRQ_HANDLED, IRQ_WAKE_THREAD } irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int irq, void *data);

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
		const char *name, void *data);
const void *free_irq(unsigned int irq, void *data);
int devm_request_irq(struct device *dev, unsigned int irq,
		     irq_handler_t handler, unsigned long flags,
		     const char *name, void *data);

#endif
