/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_SPINLOCK_H
#define SIM_LINUX_SPINLOCK_H

#include <linux/kernel.h>

typedef struct spinlock { int raw; } spinlock_t;

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_lock_init(spinlock_t *lock);
unsigned long _raw_spin_lock_irqsave(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
void spin_lock_bh(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
void spin_lock_irq(spinlock_t *lock);
void spin_unlock_irq(spinlock_t *lock);
bool spin_trylock(spinlock_t *lock);
void rcu_read_lock(void);
void rcu_read_unlock(void);
int preempt_count(void);
#define in_interrupt()	(preempt_count() & 0xffff00)
#define spin_lock_irqsave(lock, flags)	\
	((flags) = _raw_spin_lock_irqsave(lock))

#endif
