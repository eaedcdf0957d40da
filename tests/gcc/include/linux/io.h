/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_IO_H
#define SIM_LINUX_IO_H

#include <linux/kernel.h>

u32 readl(const volatile void *addr);
u64 readq(const volatile void *addr);
void writel(u32 value, volatile void *addr);
void writeq(u64 value, volatile void *addr);
void iowrite32(u32 value, void *addr);
u32 ioread32(const void *addr);
void writel_relaxed(u32 value, volatile void *addr);
void *ioremap(resource_size_t phys, size_t size);
void iounmap(volatile void *addr);
phys_addr_t virt_to_phys(volatile void *addr);
unsigned long __phys_addr(unsigned long addr);
#define __pa(x)	__phys_addr((unsigned long)(x))
void *phys_to_virt(phys_addr_t addr);
void wmb(void);
void dma_wmb(void);
void dma_rmb(void);

#endif
