/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From what the checker saw to what it says: findings, steps, sites.
 */
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>
#include "checker.h"
#include "guess.h"

/* Steps between the acquire and the end that a reader still follows. */
#define STEPS 9
/* Calls that lead down to the acquire. */
#define CALLS 3

const char *family_noun(const struct api *api)
{
	return api->family && api->family->noun ? api->family->noun : "mapping";
}

static const char *or_dash(const char *s)
{
	return s && *s ? s : "-";
}

static const char *placeholder(const struct report *r, const char *word,
			       size_t len)
{
	if (!strncmp(word, "place", len))
		return or_dash(r->place);
	if (!strncmp(word, "noun", len))
		return or_dash(r->noun);
	if (!strncmp(word, "api", len))
		return or_dash(r->api);
	if (!strncmp(word, "other", len))
		return or_dash(r->other);
	if (!strncmp(word, "value", len))
		return or_dash(r->value);
	if (!strncmp(word, "wanted", len))
		return or_dash(r->wanted);
	return NULL;
}

/* The rule's sentence with its placeholders filled in. */
static const char *fill_in(struct arena *a, const char *message,
			   const struct report *r)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *copy;

	if (!out)
		return message;
	while (*message) {
		const char *end = *message == '{' ? strchr(message, '}') : NULL;
		const char *word = end ? placeholder(r, message + 1,
						     end - message - 1) : NULL;

		if (word) {
			fputs(word, out);
			message = end + 1;
		} else {
			fputc(*message++, out);
		}
	}
	fclose(out);
	copy = arena_strdup(a, text);
	free(text);
	return copy;
}

static const char *condition_text(struct checker *c, const struct trail *t)
{
	const struct term *x = t->term, *l;
	bool truth = t->truth;
	const char *name;

	while (x->kind == TERM_OP && x->op == OP_LNOT) {
		x = x->arg[0];
		truth = !truth;
	}
	l = x->kind == TERM_OP && x->nargs == 2 ? x->arg[0] : x;
	if (l->kind == TERM_CALL && !strcmp(l->name, "dma_mapping_error")) {
		if (x->kind == TERM_OP && x->op == OP_EQ)
			truth = !truth;
		return arena_printf(c->a, "assuming that %s() says it %s",
				    l->name, truth ? "failed" : "succeeded");
	}
	name = value_name(c->a, t->function, l);
	if (name[0] == '-' || strlen(name) > 60)
		return truth ? "following the true branch" :
			       "following the false branch";
	if (x->kind == TERM_OP && x->nargs == 2 &&
	    (x->op == OP_EQ || x->op == OP_NE) &&
	    x->arg[1]->kind == TERM_CONST && x->arg[1]->value == 0)
		return arena_printf(c->a, "assuming '%s' is %s", name,
				    (x->op == OP_EQ) == truth ? "0 or NULL" :
				    "not 0");
	return arena_printf(c->a, "assuming '%s' is %s",
			    value_name(c->a, t->function, x),
			    truth ? "true" : "false");
}

static bool step_matters(const struct report *r, const struct trail *t,
			 bool after)
{
	bool twice = !strcmp(r->rule, "dma-double-free") ||
		     !strcmp(r->rule, "dma-use-after-free") ||
		     !strcmp(r->rule, "dma-sync-misuse");

	switch (t->kind) {
	case TRAIL_ACQUIRE:
		return r->origin && t->loc.line == r->origin->event->loc.line &&
		       t->function == r->origin->function;
	case TRAIL_RELEASE:
		return twice;
	case TRAIL_DECLINED:
		return false;
	case TRAIL_LEFT:
		return r->end && t->loc.line == r->loc.line;
	case TRAIL_FAIL:
		return r->origin && (after ||
		       t->loc.line == r->origin->event->loc.line);
	case TRAIL_BRANCH:
	case TRAIL_CALL:
		return after || (twice && !r->origin);
	default:
		return true;
	}
}

static const char *trail_text(struct checker *c, const struct trail *t)
{
	const char *at = t->format, *mark;
	char *text = arena_strdup(c->a, "");
	unsigned int i = 0;

	while ((mark = strstr(at, "%s")) && i < 2) {
		text = arena_printf(c->a, "%s%.*s%s", text, (int)(mark - at),
				    at, t->word[i++]);
		at = mark + 2;
	}
	return arena_printf(c->a, "%s%s", text, at);
}

static struct step step_of(struct checker *c, const struct trail *t)
{
	struct step s = {
		.file = c->u->file[t->loc.file], .line = t->loc.line,
		.col = t->loc.col, .function = t->function->name,
	};

	s.text = t->kind == TRAIL_BRANCH ? condition_text(c, t) :
		 trail_text(c, t);
	return s;
}

/* Leaving several things behind at one place is said once. */
static bool is_left_again(const struct trail *t, const struct trail *end)
{
	const struct trail *u;

	for (u = end; t->kind == TRAIL_LEFT && u != t; u = u->before)
		if (u->kind == TRAIL_LEFT && u->function == t->function &&
		    u->loc.line == t->loc.line)
			return true;
	return false;
}

/* Walks back from the end to the acquire, then turns the steps round. */
static void add_steps(struct checker *c, struct finding *f,
		      const struct report *r)
{
	struct step step[STEPS + CALLS + 2];
	unsigned int n = 0, below = 0, i;
	struct loc end = r->end ? r->end_loc : r->loc;
	const struct trail *t, *first = NULL;
	const char *name;

	for (t = r->trail; t && !first; t = t->before)
		if (t->kind == TRAIL_ACQUIRE && step_matters(r, t, true))
			first = t;
	for (t = r->trail; t && t != first; t = t->before) {
		if (n < STEPS && t->loc.line && step_matters(r, t, true) &&
		    !is_left_again(t, r->trail) &&
		    (first || t->kind != TRAIL_BRANCH || n < 3))
			step[n++] = step_of(c, t);
	}
	if (first) {
		step[n++] = step_of(c, first);
		/* The calls that led to the acquire, if it is not ours. */
		name = first->function->name;
		for (i = 0, t = first->before; i < CALLS && t &&
		     t->kind == TRAIL_CALL; t = t->before) {
			if (strcmp(t->word[0], name))
				continue;
			step[n++] = step_of(c, t);
			name = t->function->name;
			i++;
		}
	} else if (r->origin) {
		struct trail own = {
			.function = r->origin->function,
			.loc = r->origin->event->loc, .kind = TRAIL_ACQUIRE,
			.format = "the %s is acquired by %s() here",
			.word = { family_noun(r->origin->api),
				  r->origin->api->name },
		};

		step[n++] = step_of(c, &own);
	}
	for (t = r->down; t; t = t->before)
		below++;
	f->step = arena_alloc(c->a, (n + below + 1) * sizeof(*step));
	for (i = 0; i < n; i++)
		f->step[i] = step[n - 1 - i];
	f->step[n].file = c->u->file[end.file];
	f->step[n].line = end.line;
	f->step[n].col = end.col;
	f->step[n].function = r->end ? r->end->name : f->function;
	f->step[n].text = r->last ? r->last : f->message;
	f->nsteps = n + 1;
	for (t = r->down; t; t = t->before)
		f->step[f->nsteps++] = step_of(c, t);
}

static struct finding *find_reported(const struct checker *c,
				     const struct finding *f)
{
	unsigned int i;

	for (i = 0; i < c->res->nfindings; i++) {
		struct finding *o = &c->res->finding[i];

		if (o->rule == f->rule && o->line == f->line &&
		    !strcmp(o->file, f->file) && !strcmp(o->place, f->place) &&
		    !strcmp(o->function, f->function))
			return o;
	}
	return NULL;
}

void report(struct checker *c, const struct report *r)
{
	struct finding f = {
		.rule = rules_rule(c->r, r->rule), .confidence = r->confidence,
		.file = c->u->file[r->loc.file], .line = r->loc.line,
		.col = r->loc.col, .function = r->function->name,
		.place = or_dash(r->place), .api = or_dash(r->api),
	};
	struct finding *known;
	int k;

	f.converted = r->converted;
	f.source = r->function->source;
	if (!f.rule || r->function->is_imported || c->silent)
		return;
	k = callee_of(c, r->function->name)->index;
	if (f.confidence > f.rule->confidence)
		f.confidence = f.rule->confidence;
	if (k >= 0 && c->dead[k])
		f.confidence = CONF_LOW;
	f.guessed = path_is_guessed(c, r);
	if (f.guessed)
		f.confidence = CONF_LOW;
	known = find_reported(c, &f);
	if (known && (f.guessed || !known->guessed))
		return;
	f.message = fill_in(c->a, r->message ? r->message :
			    f.rule->message, r);
	if (r->origin) {
		f.acquire_function = r->origin->function->name;
		f.acquire_file = c->u->file[r->origin->event->loc.file];
		f.acquire_line = r->origin->event->loc.line;
	}
	add_steps(c, &f, r);
	if (known) {
		*known = f;
		return;
	}
	c->res->finding = arena_grow(c->a, c->res->finding,
				     c->res->nfindings, sizeof(f));
	c->res->finding[c->res->nfindings++] = f;
}

static int by_place(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int d = strcmp(x->file, y->file);

	if (!d)
		d = (x->line > y->line) - (x->line < y->line);
	if (!d)
		d = strcmp(x->rule->id, y->rule->id);
	return d ? d : strcmp(x->place, y->place);
}

static bool same_print(const struct finding *a, const struct finding *b)
{
	return a->rule == b->rule && !strcmp(a->file, b->file) &&
	       !strcmp(a->function, b->function) &&
	       !strcmp(a->place, b->place) && !strcmp(a->api, b->api);
}

/*
 * No line number enters the fingerprint; findings that are otherwise alike
 * are told apart by their order in the file.
 */
void report_finish(struct checker *c)
{
	struct result *res = c->res;
	unsigned int i, k;

	if (res->nfindings)
		qsort(res->finding, res->nfindings, sizeof(*res->finding),
		      by_place);
	for (i = 0; i < res->nfindings; i++) {
		struct finding *f = &res->finding[i];
		unsigned int ordinal = 0;
		const char *text;

		for (k = 0; k < i; k++)
			ordinal += same_print(&res->finding[k], f);
		text = arena_printf(c->a, "%s|%s|%s|%s|%s|%s|%u", f->rule->id,
				    f->file, f->function, f->place, f->api,
				    or_dash(f->acquire_function), ordinal);
		snprintf(f->fingerprint, sizeof(f->fingerprint), "%016llx",
			 (unsigned long long)XXH64(text, strlen(text), 0));
	}
}

void add_site(struct checker *c, const char *kind, const struct api *api,
	      struct place_in_code at, const char *place)
{
	struct site *s;

	if (c->silent || c->fr->site[at.ev->id] || c->fr->f->is_imported)
		return;
	c->res->site = arena_grow(c->a, c->res->site, c->res->nsites,
				  sizeof(*s));
	s = &c->res->site[c->res->nsites++];
	c->fr->site[at.ev->id] = c->res->nsites;
	*s = (struct site){
		.kind = kind, .api = api->name,
		.family = api->family ? api->family->name : "-",
		.function = c->fr->f->name, .file = c->u->file[at.ev->loc.file],
		.line = at.ev->loc.line, .col = at.ev->loc.col, .place = place,
		.source = c->fr->f->source,
	};
}

void add_unresolved(struct checker *c, const struct api *api, enum role role,
		    struct loc loc)
{
	struct unresolved *u;
	unsigned int i;

	if (c->fr->f->is_imported || c->silent)
		return;
	for (i = 0; i < c->res->nunresolved; i++) {
		u = &c->res->unresolved[i];
		if (u->line == loc.line && u->api == api->name &&
		    !strcmp(u->role, role_name(role)))
			return;
	}
	c->res->unresolved = arena_grow(c->a, c->res->unresolved,
					c->res->nunresolved, sizeof(*u));
	u = &c->res->unresolved[c->res->nunresolved++];
	*u = (struct unresolved){
		.function = c->fr->f->name, .file = c->u->file[loc.file],
		.line = loc.line, .api = api->name, .role = role_name(role),
		.source = c->fr->f->source,
	};
}
