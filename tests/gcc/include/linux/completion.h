/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_COMPLETION_H
#define SIM_LINUX_COMPLETION_H

#include <linux/kernel.h>

struct completion { unsigned int done; };

void init_completion(struct completion *x);
void reinit_completion(struct completion *x);
void complete(struct completion *x);
void wait_for_completion(struct completion *x);
unsigned long wait_for_completion_timeout(struct completion *x,
					  unsigned long timeout);
int wait_for_completion_interruptible(struct completion *x);
long wait_for_completion_interruptible_timeout(struct completion *x,
					       unsigned long timeout);
unsigned long msecs_to_jiffies(unsigned int ms);
void udelay(unsigned long us);
void msleep(unsigned int ms);

#endif
