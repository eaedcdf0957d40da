/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_KREF_H
#define SIM_LINUX_KREF_H

#include <linux/kernel.h>

typedef struct { int refs; } refcount_t;

struct kref {
	refcount_t refcount;
};

void refcount_set(refcount_t *r, int n);
void refcount_inc(refcount_t *r);
bool refcount_dec_and_test(refcount_t *r);

static inline void kref_init(struct kref *kref)
{
	refcount_set(&kref->refcount, 1);
}

static inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

static inline int kref_put(struct kref *kref,
			   void (*release)(struct kref *kref))
{
	if (refcount_dec_and_test(&kref->refcount)) {
		release(kref);
		return 1;
	}
	return 0;
}

#endif
