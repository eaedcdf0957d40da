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
int devm_request_threaded_irq(struct device *dev, unsigned int irq,
			      irq_handler_t handler, irq_handler_t thread,
			      unsigned long flags, const char *name,
			      void *data);
void synchronize_irq(unsigned int irq);
void disable_irq(unsigned int irq);
void devm_free_irq(struct device *dev, unsigned int irq, void *data);

struct timer_list {
	void (*function)(struct timer_list *timer);
};

void init_timer_key(struct timer_list *timer,
		    void (*fn)(struct timer_list *timer), unsigned int flags,
		    const char *name, void *key);
#define timer_setup(timer, fn, flags)	\
	init_timer_key(timer, fn, flags, #timer, NULL)

struct tasklet_struct {
	unsigned long state;
	void (*callback)(struct tasklet_struct *t);
};

void tasklet_setup(struct tasklet_struct *t,
		   void (*callback)(struct tasklet_struct *t));
void tasklet_schedule(struct tasklet_struct *t);
void tasklet_kill(struct tasklet_struct *t);

#endif
