/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The graph of value flow: nodes by key, edges, and the search.
 */
#include <string.h>
#include "valueflow_priv.h"

unsigned int vflow_node(struct vflow *v, enum vkind kind, unsigned int fn,
			const void *a, const void *b, int64_t n)
{
	struct vkey key;
	struct vnode *found;

	memset(&key, 0, sizeof(key));
	key.kind = kind;
	key.fn = fn;
	key.a = a;
	key.b = b;
	key.n = n;
	HASH_FIND(hh, v->nodes, &key, sizeof(key), found);
	if (found)
		return found->number;
	found = arena_alloc(v->a, sizeof(*found));
	found->key = key;
	found->number = v->nnodes++;
	HASH_ADD(hh, v->nodes, key, sizeof(key), found);
	return found->number;
}

void vflow_edge(struct vflow *v, unsigned int from, unsigned int to,
		bool part)
{
	if (from == NO_NODE || to == NO_NODE || from == to)
		return;
	v->edge = arena_grow(v->a, v->edge, v->nedges, sizeof(*v->edge));
	v->edge[v->nedges++] = (struct vedge){ from, to, part };
}

/* The edges by the node they leave. */
static void sort_edges(struct vflow *v)
{
	struct vedge *sorted;
	unsigned int i;

	v->first = arena_alloc(v->a, (v->nnodes + 2) * sizeof(*v->first));
	sorted = arena_alloc(v->a, (v->nedges + 1) * sizeof(*sorted));
	for (i = 0; i < v->nedges; i++)
		v->first[v->edge[i].from + 2]++;
	for (i = 2; i <= v->nnodes + 1; i++)
		v->first[i] += v->first[i - 1];
	for (i = 0; i < v->nedges; i++)
		sorted[v->first[v->edge[i].from + 1]++] = v->edge[i];
	v->edge = sorted;
}

/* The places by their nodes, for the answers. */
static void index_places(struct vflow *v)
{
	unsigned int i;

	v->place_of = arena_alloc(v->a, (v->nnodes + 1) *
				  sizeof(*v->place_of));
	for (i = 0; i < v->nplaces; i++)
		v->place_of[v->place[i].node] = v->place[i].term;
	v->seen = arena_alloc(v->a, v->nnodes + 1);
	v->queue = arena_alloc(v->a, (2 * v->nnodes + 2) *
			       sizeof(*v->queue));
}

struct vflow *vflow_new(struct checker *c, struct arena *a, struct targets *t)
{
	struct vflow *v = arena_alloc(a, sizeof(*v));
	struct vnode *node, *next;
	unsigned int i;

	v->c = c;
	v->a = a;
	v->t = t;
	v->out = vflow_node(v, V_OUT, 0, NULL, NULL, 0);
	for (i = 0; i < c->u->nfunctions; i++)
		vflow_function(v, i);
	sort_edges(v);
	index_places(v);
	/* Members of place_of[] and the nodes of sites are all that is asked
	 * for from here on. */
	HASH_ITER(hh, v->nodes, node, next)
		HASH_DEL(v->nodes, node);
	return v;
}

const struct vsite *vflow_acquires(const struct vflow *v, unsigned int *n)
{
	*n = v->nacquires;
	return v->acquire;
}

const struct vsite *vflow_releases(const struct vflow *v, unsigned int *n)
{
	*n = v->nreleases;
	return v->release;
}

/* A value arrives whole, or a part of it or something computed of it. */
enum { SEEN_WHOLE = 1, SEEN_PART = 2 };

static void arrive(struct vflow *v, unsigned int node, bool part,
		   unsigned int *n)
{
	unsigned char bit = part ? SEEN_PART : SEEN_WHOLE;

	if (v->seen[node] & bit)
		return;
	v->seen[node] |= bit;
	v->queue[(*n)++] = node << 1 | part;
}

/* The whole search; @stop: places are reached, but not passed. */
static unsigned int search(struct vflow *v, unsigned int n, bool stop)
{
	unsigned int i, e;

	for (i = 0; i < n; i++) {
		unsigned int node = v->queue[i] >> 1;
		bool part = v->queue[i] & 1;

		if (stop && v->place_of[node])
			continue;
		for (e = v->first[node]; e < v->first[node + 1]; e++)
			arrive(v, v->edge[e].to, part || v->edge[e].part, &n);
	}
	return n;
}

static void add_place(struct vreach *r, const struct term *place, bool part)
{
	const struct term *member = place_member(place), *other;
	unsigned int i;

	for (i = 0; i < r->nplaces && r->place[i] != place; i++) {
		other = member ? place_member(r->place[i]) : NULL;
		if (other && place_same_field(other, member))
			break;
	}
	if (i == r->nplaces)
		r->place[r->nplaces++] = place;
	r->whole[i] |= !part;
}

static struct vreach answer(struct vflow *v, unsigned int n)
{
	struct vreach r = { .out = v->seen[v->out] & SEEN_WHOLE };
	unsigned int i;

	r.release = arena_alloc(v->a, (v->nreleases + 1) * sizeof(*r.release));
	for (i = 0; i < v->nreleases; i++)
		if (v->seen[v->release[i].node])
			r.release[r.nreleases++] = &v->release[i];
	r.place = arena_alloc(v->a, (n + 1) * sizeof(*r.place));
	r.whole = arena_alloc(v->a, (n + 1) * sizeof(*r.whole));
	for (i = 0; i < n; i++)
		if (v->place_of[v->queue[i] >> 1])
			add_place(&r, v->place_of[v->queue[i] >> 1],
				  v->queue[i] & 1);
	for (i = 0; i < n; i++)
		v->seen[v->queue[i] >> 1] = 0;
	return r;
}

struct vreach vflow_kept(struct vflow *v, const struct vsite *acquire)
{
	unsigned int n = 0;

	arrive(v, acquire->node, false, &n);
	return answer(v, search(v, n, true));
}

struct vreach vflow_from(struct vflow *v, const struct term *place)
{
	const struct term *member = place_member(place);
	unsigned int n = 0, i;

	for (i = 0; i < v->nplaces; i++) {
		const struct vplace *p = &v->place[i];

		if (p->term == place || (member && p->member &&
					 place_same_field(p->member, member)))
			arrive(v, p->node, false, &n);
	}
	return answer(v, search(v, n, false));
}
