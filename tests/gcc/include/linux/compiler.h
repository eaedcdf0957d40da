/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_COMPILER_H
#define SIM_LINUX_COMPILER_H

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define __always_unused	__attribute__((unused))
#define __maybe_unused	__attribute__((unused))
#define __must_check	__attribute__((warn_unused_result))
#define __packed	__attribute__((packed))
#define __aligned(x)	__attribute__((aligned(x)))
#define ____cacheline_aligned	__aligned(64)
#define __iomem
#define __init		__attribute__((section(".init.text")))
#define __exit		__attribute__((section(".exit.text")))
#define fallthrough	__attribute__((fallthrough))
#define barrier()	__asm__ __volatile__("" : : : "memory")
#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v)	(*(volatile __typeof__(x) *)&(x) = (v))

#endif
