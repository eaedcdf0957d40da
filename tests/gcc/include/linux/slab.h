/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_SLAB_H
#define SIM_LINUX_SLAB_H

#include <linux/gfp.h>

void kfree(const void *p);
void kvfree(const void *p);
void *kmalloc(size_t size, gfp_t gfp)
	__attribute__((malloc, alloc_size(1)));
void *kzalloc(size_t size, gfp_t gfp)
	__attribute__((malloc, alloc_size(1)));
void *kvzalloc(size_t size, gfp_t gfp) __attribute__((malloc));
void *kcalloc(size_t n, size_t size, gfp_t gfp)
	__attribute__((malloc, alloc_size(1, 2)));
void *kmemdup(const void *src, size_t len, gfp_t gfp);

#endif
