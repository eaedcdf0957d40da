/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_VMALLOC_H
#define SIM_LINUX_VMALLOC_H

#include <linux/types.h>

void *vmalloc(unsigned long size) __attribute__((malloc));
void *vzalloc(unsigned long size) __attribute__((malloc));
void vfree(const void *addr);
bool is_vmalloc_addr(const void *addr);
struct page *vmalloc_to_page(const void *addr);

#endif
