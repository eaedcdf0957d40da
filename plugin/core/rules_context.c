// SPDX-License-Identifier: GPL-2.0-or-later
/* The document of the rules: contexts, and who is called back in which. */
#include <string.h>
#include "rules_node.h"

static const struct {
	const char *name;
	unsigned int set;
	const char *runs;		/* what a callback does there */
} context[] = {
	{ "hardirq", CTX_IRQ, "is an interrupt handler" },
	{ "softirq", CTX_BH, "runs in a soft interrupt" },
	{ "irq", CTX_IRQ, "is called with interrupts disabled" },
	{ "bh", CTX_BH, "is called with soft interrupts disabled" },
	{ "spin", CTX_SPIN, "is called with a spinlock held" },
	{ "spin-irq", CTX_SPIN | CTX_IRQ,
	  "is called with a spinlock held and interrupts disabled" },
	{ "spin-bh", CTX_SPIN | CTX_BH,
	  "is called with a spinlock held and soft interrupts disabled" },
	{ "rcu", CTX_RCU, "is called in an RCU read-side section" },
};
#define CONTEXTS (sizeof(context) / sizeof(context[0]))

static int choose(struct reader *rd, yaml_node_t *n)
{
	const char *names[CONTEXTS];
	unsigned int i;

	for (i = 0; i < CONTEXTS; i++)
		names[i] = context[i].name;
	return node_choose(rd, n, "context", names, CONTEXTS);
}

int rules_read_context(struct reader *rd, yaml_node_t *n, void *to)
{
	int i = choose(rd, n);

	if (i < 0)
		return -1;
	*(unsigned int *)to = context[i].set;
	return 0;
}

/* "snd_pcm.nonatomic", behind the word "unless". */
static int read_unless(struct reader *rd, yaml_node_t *n, const char *text,
		       struct callback *cb)
{
	const char *dot = strchr(text, '.');

	if (!dot || dot == text || !dot[1] || strpbrk(text, " ("))
		return rules_mistake(&rd->src, node_text_mark(n),
				     "\"unless\" is followed by a member such "
				     "as snd_pcm.nonatomic");
	cb->unless_type = arena_strndup(rd->r->arena, text,
					(size_t)(dot - text));
	cb->unless_field = arena_strdup(rd->r->arena, dot + 1);
	return 0;
}

/* "timer_list.function", or "tasklet_setup(_, fn)", or "a.b unless c.d". */
static int read_callback(struct reader *rd, yaml_node_t *n, void *to)
{
	const struct callback *like = to;
	struct rules *r = rd->r;
	const char *text = node_text(rd, n), *dot, *unless;
	struct callback *cb;

	if (!text)
		return -1;
	r->callback = arena_grow(r->arena, r->callback, r->ncallbacks,
				 sizeof(*cb));
	rd->callback_mark = arena_grow(r->arena, rd->callback_mark,
				       r->ncallbacks, sizeof(struct mark));
	rd->callback_mark[r->ncallbacks] = node_text_mark(n);
	cb = &r->callback[r->ncallbacks++];
	*cb = *like;
	unless = strstr(text, " unless ");
	if (unless) {
		if (read_unless(rd, n, unless + 8, cb))
			return -1;
		text = arena_strndup(r->arena, text, (size_t)(unless - text));
	}
	if (strchr(text, '(')) {
		if (rules_call_parse(&rd->src, r->arena, text,
				     node_text_mark(n), &cb->call))
			return -1;
		if (api_arg(&cb->call, ROLE_FN) >= 0)
			return 0;
		return rules_mistake(&rd->src, node_text_mark(n),
				     "%s() does not say which argument is the "
				     "callback (fn)", cb->call.name);
	}
	dot = strchr(text, '.');
	if (!dot || dot == text || !dot[1] || strchr(dot + 1, '.'))
		return rules_mistake(&rd->src, node_text_mark(n),
				     "a callback is written \"timer_list."
				     "function\" or \"tasklet_setup(_, fn)\"");
	cb->type = arena_strndup(r->arena, text, (size_t)(dot - text));
	cb->field = arena_strdup(r->arena, dot + 1);
	return 0;
}

int rules_read_callbacks(struct reader *rd, yaml_node_t *n, void *to)
{
	yaml_node_pair_t *p;

	(void)to;
	if (node_want(rd, n, YAML_MAPPING_NODE) || node_check_keys(rd, n))
		return -1;
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++) {
		struct callback like = { .type = NULL };
		int i = choose(rd, node_at(rd, p->key));

		if (i < 0)
			return -1;
		like.context = context[i].set;
		like.runs = context[i].runs;
		if (node_read_list(rd, node_at(rd, p->value), &like,
				   read_callback))
			return -1;
	}
	return 0;
}

int rules_join_callbacks(struct reader *rd)
{
	struct rules *r = rd->r;
	unsigned int i;

	for (i = 0; i < r->ncallbacks; i++) {
		const struct callback *cb = &r->callback[i];
		const struct api *api = cb->call.name ?
					rules_api(r, cb->call.name) : NULL;

		if (!cb->call.name)
			continue;
		if (!api)
			return rules_mistake(&rd->src, rd->callback_mark[i],
					     "%s() is not among the functions",
					     cb->call.name);
		r->api[api - r->api].registers = cb;
	}
	return 0;
}
