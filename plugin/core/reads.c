/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What calls read and move, as far as is known of the callees: which facts
 * and branches are relevant depends on it.
 */
#include "checker.h"

/* Does the event move ownership, as far as is known of the callee? */
static bool event_owns(void *data, const struct event *ev)
{
	struct checker *c = data;
	const struct callee *k;
	const struct summary *s;
	unsigned int i;

	if (ev->kind != EV_CALL || !ev->callee)
		return false;
	k = callee_of(c, ev->callee);
	if (k->api)
		return k->api->kind == API_ACQUIRE ||
		       k->api->kind == API_RELEASE ||
		       k->api->kind == API_FREE || k->api->kind == API_TAKE ||
		       (k->api->kind == API_MAPS &&
			api_arg(k->api, ROLE_OBJECT) >= 0);
	s = k->index >= 0 ? c->summary[k->index] : NULL;
	for (i = 0; s && i < s->noutcomes; i++)
		if (s->outcome[i].nowned || s->fails)
			return true;
	return false;
}

/* The members that decide what the callee does are read by the call. */
static void event_reads(void *data, const struct event *ev,
			struct name_set *names)
{
	struct checker *c = data;
	const struct callee *k;
	const struct summary *s;
	unsigned int i, f;

	if (ev->kind != EV_CALL || !ev->callee)
		return;
	k = callee_of(c, ev->callee);
	s = k->index >= 0 ? c->summary[k->index] : NULL;
	for (i = 0; s && i < s->noutcomes; i++)
		for (f = 0; f < s->outcome[i].nfacts; f++)
			relevance_add(names, s->outcome[i].fact[f].x);
}

struct relevance *find_relevance(struct checker *c)
{
	return relevance_of(c->fr->keep, c->fr->fl, event_owns, event_reads,
			    c);
}
