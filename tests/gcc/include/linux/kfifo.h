/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_KFIFO_H
#define SIM_LINUX_KFIFO_H

#include <linux/kernel.h>

struct __kfifo {
	unsigned int in, out, mask, esize;
	void *data;
};

struct kfifo {
	struct __kfifo kfifo;
};

unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf,
			unsigned int len);
unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len);
#define kfifo_in(fifo, buf, n)	__kfifo_in(&(fifo)->kfifo, buf, n)
#define kfifo_out(fifo, buf, n)	__kfifo_out(&(fifo)->kfifo, buf, n)

#endif
