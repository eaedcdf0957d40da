/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_TYPES_H
#define SIM_LINUX_TYPES_H

/*
 * A small simulated kernel: declarations with the names and the argument
 * order of Linux 6.1, so that test drivers compile alone. What is an inline
 * there and matters to ownership is an inline here.
 */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef u8 uint8_t;
typedef u16 uint16_t;
typedef u32 uint32_t;
typedef u64 uint64_t;
typedef u16 __le16;
typedef u32 __le32;
typedef u64 __le64;
typedef u16 __be16;
typedef u32 __be32;
typedef u64 __be64;
typedef _Bool bool;
typedef unsigned long size_t;
typedef long ssize_t;
typedef long loff_t;
typedef unsigned long uintptr_t;
typedef u64 dma_addr_t;
typedef u64 phys_addr_t;
typedef u64 resource_size_t;
typedef unsigned int gfp_t;
typedef struct { int counter; } atomic_t;

#define NULL	((void *)0)
#define true	1
#define false	0

struct list_head {
	struct list_head *next, *prev;
};

struct device;
struct page;
struct module;

#endif
