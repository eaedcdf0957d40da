/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LINUX_LLIST_H
#define SIM_LINUX_LLIST_H

#include <linux/kernel.h>

struct llist_node {
	struct llist_node *next;
};

struct llist_head {
	struct llist_node *first;
};

bool llist_add_batch(struct llist_node *first, struct llist_node *last,
		     struct llist_head *head);
struct llist_node *llist_del_first(struct llist_head *head);

static inline bool llist_add(struct llist_node *n, struct llist_head *head)
{
	return llist_add_batch(n, n, head);
}

#endif
