/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sentences about calls that may sleep where code must not.
 */
#include <string.h>
#include "atomic.h"

static const char *lock_name(struct contexts *k, const struct event *by)
{
	const struct term *x = by->nargs ?
			       static_value(context_values(k), by->arg[0]) :
			       NULL;
	const char *name = "-";

	if (x && x->kind == TERM_CALL && x->nargs == 1)
		x = x->arg[0];
	if (x && x->kind != TERM_CONST)
		name = value_name(k->c->a, k->f, x);
	/* Reached by container_of(): the member says enough. */
	if (x && strchr(name, '+') && place_member(x))
		name = place_member(x)->name;
	if (*name == '&')
		name++;
	return *name == '-' || strstr(name, "()") ? NULL : name;
}

/* "while p->lock is held and interrupts are disabled" */
static const char *lock_phrase(struct contexts *k, const struct event *by,
			       unsigned int held, const char **place)
{
	const struct api *api = callee_of(k->c, by->callee)->api;
	const char *lock;

	if (!api) {
		*place = by->callee;
		return arena_printf(k->c->a, held & CTX_IRQ ?
				    "after %s() has disabled interrupts" :
				    "under the lock of %s()", by->callee);
	}
	*place = "-";
	if (!(api->context & CTX_SPIN))
		return api->context & CTX_IRQ ? "with interrupts disabled" :
		       api->context & CTX_BH ? "with soft interrupts disabled" :
		       "in an RCU read-side section";
	lock = lock_name(k, by);
	*place = lock ? lock : "-";
	return arena_printf(k->c->a, "while %s is held%s",
			    lock ? lock : "a spinlock", held & CTX_IRQ ?
			    " and interrupts are disabled" : "");
}

static const char *wanted(const struct need *n, unsigned int held)
{
	if (n->irqs)
		return held & CTX_IRQ ? "needs interrupts enabled" :
		       "may have to sleep";
	return n->gfp ? "may sleep with these flags" : "may sleep";
}

static enum confidence how_sure(const struct need *n, unsigned int held)
{
	if (n->guess)
		return CONF_LOW;
	if (n->doubt)
		return CONF_MEDIUM;
	if (n->irqs)
		return held & CTX_IRQ ? CONF_HIGH : CONF_MEDIUM;
	return held == CTX_RCU ? CONF_MEDIUM : CONF_HIGH;
}

/* The calls below, each a step, to the API itself. */
static struct trail *steps_down(struct contexts *k, const struct need *n)
{
	struct trail *t;

	if (!n)
		return NULL;
	t = arena_alloc(k->c->a, sizeof(*t));
	t->kind = TRAIL_CALL;
	t->function = n->function;
	t->loc = n->at->loc;
	t->format = "calling %s()";
	t->word[0] = n->at->callee;
	t->before = steps_down(k, n->down);
	return t;
}

static void say(struct contexts *k, const struct need *n, unsigned int held,
		struct report *rep, struct trail *first)
{
	bool release = n->api->kind == API_RELEASE;

	rep->rule = release ? "dma-atomic-release" : "dma-atomic-acquire";
	rep->function = n->function;
	rep->loc = n->at->loc;
	rep->api = n->api->name;
	rep->noun = family_noun(n->api);
	rep->confidence = how_sure(n, held);
	rep->wanted = wanted(n, held);
	rep->trail = first;
	rep->down = steps_down(k, n->down);
	rep->last = arena_printf(k->c->a, "calling %s() %s", n->at->callee,
				 rep->value);
	report(k->c, rep);
}

/* Who began what must not be: the strongest part first. */
static const struct event *who(const struct depths *d, unsigned int held)
{
	unsigned int p, i;

	for (p = 0; p < CTX_PARTS; p++)
		for (i = 0; (held >> p & 1) && i < NESTED; i++)
			if (d->by[p][i])
				return d->by[p][i];
	return NULL;
}

void say_held(struct contexts *k, const struct need *n,
	      const struct depths *d, unsigned int held)
{
	const struct event *by = who(d, held);
	struct trail *lock = arena_alloc(k->c->a, sizeof(*lock));
	struct report rep = { .place = "-" };
	unsigned int kind = n->api->kind == API_RELEASE;
	bool named;

	if (!by || k->said[kind] == n->at)
		return;
	k->said[kind] = n->at;
	rep.value = lock_phrase(k, by, held, &rep.place);
	lock->kind = TRAIL_CALL;
	lock->function = k->f;
	lock->loc = by->loc;
	named = strcmp(rep.place, "-") && rep.place != by->callee;
	lock->format = named ? "%s is taken here" : "%s() is called here";
	lock->word[0] = named ? rep.place : by->callee;
	say(k, n, held, &rep, lock);
}

void say_called_back(struct contexts *k, const struct need *n,
		     unsigned int held, const char *name,
		     const struct callback *cb)
{
	struct report rep = { .place = name };

	rep.value = arena_printf(k->c->a, "in %s(), which %s", name, cb->runs);
	say(k, n, held, &rep, NULL);
}
