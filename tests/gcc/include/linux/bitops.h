/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_BITOPS_H
#define SIM_LINUX_BITOPS_H

#include <linux/types.h>

void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);
bool const_test_bit(unsigned long nr, const volatile unsigned long *addr);
bool test_bit(unsigned long nr, const volatile unsigned long *addr);

#endif
