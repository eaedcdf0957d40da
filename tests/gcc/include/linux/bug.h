/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_BUG_H
#define SIM_LINUX_BUG_H

#include <linux/compiler.h>

void __warn_here(void);

#define BUG() do {						\
	__asm__ __volatile__("ud2");				\
	__builtin_unreachable();				\
} while (0)
#define BUG_ON(cond)	do { if (unlikely(cond)) BUG(); } while (0)

#define WARN_ON(cond) ({					\
	int __warn = !!(cond);					\
	if (unlikely(__warn))					\
		__warn_here();					\
	unlikely(__warn);					\
})
#define WARN_ON_ONCE(cond)	WARN_ON(cond)
#define WARN(cond, fmt...)	WARN_ON(cond)

#endif
