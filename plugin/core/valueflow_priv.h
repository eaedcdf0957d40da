/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What valueflow.c (the graph) and valueflow_build.c (its edges) share.
 */
#ifndef DMACHECK_VALUEFLOW_PRIV_H
#define DMACHECK_VALUEFLOW_PRIV_H

#include "valueflow.h"

enum vkind {
	V_REG, V_PARAM, V_RESULT,	/* of a function */
	V_LOCAL, V_GLOBAL, V_MEMBER,	/* memory */
	V_READ, V_WRITTEN,		/* memory a register, parameter or
					 * member leads to: what is read there,
					 * and what is written there */
	V_SITE,				/* a call that acquires or releases */
	V_OUT,				/* somebody unknown */
};

#define NO_NODE 0xffffffffu

struct vkey {
	enum vkind kind;
	unsigned int fn;
	const void *a, *b;
	int64_t n;
};

struct vnode {
	struct vkey key;
	unsigned int number;
	UT_hash_handle hh;
};

struct vedge {
	unsigned int from, to;
	bool part;
};

struct vplace {
	unsigned int node;
	const struct term *term, *member;	/* NULL: it is none */
};

struct vflow {
	struct checker *c;
	struct arena *a;
	struct targets *t;
	struct vnode *nodes;
	unsigned int nnodes, nedges, nplaces, nacquires, nreleases;
	unsigned int out;			/* the node */
	struct vedge *edge;
	unsigned int *first;			/* edge of a node */
	struct vplace *place;
	const struct term **place_of;		/* by node */
	struct vsite *acquire, *release;
	unsigned char *seen;
	unsigned int *queue;
};

unsigned int vflow_node(struct vflow *v, enum vkind kind, unsigned int fn,
			const void *a, const void *b, int64_t n);
/* @part: what arrives is no longer the value itself. NO_NODE is allowed. */
void vflow_edge(struct vflow *v, unsigned int from, unsigned int to,
		bool part);
/* Adds all that function number @fn copies. */
void vflow_function(struct vflow *v, unsigned int fn);

#endif
