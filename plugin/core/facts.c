// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts that tell what checking a unit yielded. */
#include <stdlib.h>
#include <string.h>
#include "facts_out.h"

struct writer {
	struct facts_out o;
	const struct unit *unit;
	const struct result *res;
	unsigned int source;		/* only what is of this file */
	bool all;			/* or everything */
	unsigned int functions, ops, sites, unresolved, findings;
};

static const char *file_of(const struct unit *u, unsigned int number)
{
	return number < u->nfiles ? u->file[number] : NULL;
}

static void put_ops(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->unit->nops; i++) {
		const struct ops *o = &w->unit->ops[i];

		if (!w->all && o->source != w->source)
			continue;
		facts_put(&w->o,
			  json_pack("{s:s, s:o, s:o, s:o, s:o}",
				    "record", "ops",
				    "type", facts_text(o->type),
				    "field", facts_text(o->field),
				    "object", facts_text(o->object),
				    "function", facts_text(o->function)));
		w->ops++;
	}
}

static void put_functions(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nverdicts; i++) {
		const struct verdict *v = &w->res->verdict[i];
		const struct function *f = v->function;

		if (!w->all && (f->is_imported || f->source != w->source))
			continue;
		facts_put(&w->o,
			  json_pack("{s:s, s:o, s:o, s:i, s:i, s:b, s:b, s:b,"
				    " s:o, s:i, s:f, s:o}",
				    "record", "function",
				    "name", facts_text(f->name), "file",
				    facts_text(file_of(w->unit, f->loc.file)),
				    "line", (int)f->loc.line,
				    "col", (int)f->loc.col,
				    "static", f->is_static, "owns", v->owns,
				    "complete", v->complete,
				    "reason", facts_text(v->reason),
				    "worlds", (int)v->worlds,
				    "seconds", v->seconds,
				    "summary", facts_text(v->summary)));
		w->functions++;
	}
}

static void put_sites(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nsites; i++) {
		const struct site *s = &w->res->site[i];

		if (!w->all && s->source != w->source)
			continue;
		facts_put(&w->o,
			  json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:i, s:i,"
				    " s:o, s:b}", "record", "site",
				    "kind", facts_text(s->kind),
				    "api", facts_text(s->api),
				    "family", facts_text(s->family),
				    "function", facts_text(s->function),
				    "file", facts_text(s->file),
				    "line", (int)s->line, "col", (int)s->col,
				    "place", facts_text(s->place),
				    "seen", s->seen));
		w->sites++;
	}
}

static void put_unresolved(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nunresolved; i++) {
		const struct unresolved *n = &w->res->unresolved[i];

		if (!w->all && n->source != w->source)
			continue;
		facts_put(&w->o,
			  json_pack("{s:s, s:o, s:o, s:i, s:o, s:o}",
				    "record", "unresolved",
				    "function", facts_text(n->function),
				    "file", facts_text(n->file),
				    "line", (int)n->line,
				    "api", facts_text(n->api),
				    "role", facts_text(n->role)));
		w->unresolved++;
	}
}

static json_t *steps_of(const struct finding *f)
{
	json_t *steps = json_array();
	unsigned int i;

	for (i = 0; i < f->nsteps; i++) {
		const struct step *s = &f->step[i];

		json_array_append_new(steps,
			json_pack("{s:o, s:i, s:i, s:o, s:o}",
				  "file", facts_text(s->file),
				  "line", (int)s->line, "col", (int)s->col,
				  "function", facts_text(s->function),
				  "text", facts_text(s->text)));
	}
	return steps;
}

static void put_findings(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nfindings; i++) {
		const struct finding *f = &w->res->finding[i];

		if (!w->all && f->source != w->source)
			continue;
		facts_put(&w->o,
			  json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:i, s:i,"
				    " s:o, s:o, s:o, s:s, s:o, s:o, s:i, s:o}",
				    "record", "finding", "rule", f->rule->id,
				    "class", f->rule->class, "confidence",
				    confidence_name(f->confidence),
				    "file", facts_text(f->file),
				    "function", facts_text(f->function),
				    "line", (int)f->line, "col", (int)f->col,
				    "place", facts_text(f->place),
				    "api", facts_text(f->api),
				    "message", facts_text(f->message),
				    "fingerprint", f->fingerprint,
				    "acquire_function",
				    facts_text(f->acquire_function),
				    "acquire_file",
				    facts_text(f->acquire_file),
				    "acquire_line", (int)f->acquire_line,
				    "steps", steps_of(f)));
		w->findings++;
	}
}

static int write_facts(struct writer *w, const struct facts_head *head,
		       const char *path, const struct rules *r,
		       struct error *err)
{
	if (facts_out_open(&w->o, path, err))
		return -1;
	facts_put_unit(&w->o, head, w->unit, r, NULL);
	put_ops(w);
	put_functions(w);
	put_sites(w);
	put_unresolved(w);
	put_findings(w);
	facts_put(&w->o,
		  json_pack("{s:s, s:i, s:i, s:i, s:i, s:i}",
			    "record", "end", "ops", (int)w->ops,
			    "function", (int)w->functions,
			    "site", (int)w->sites,
			    "unresolved", (int)w->unresolved,
			    "finding", (int)w->findings));
	return facts_out_close(&w->o, err);
}

int facts_write(const char *path, const struct facts_head *head,
		const struct unit *u, const struct result *res,
		const struct rules *r, struct error *err)
{
	struct writer w = { .unit = u, .res = res, .all = true };

	return write_facts(&w, head, path, r, err);
}

int facts_write_source(const char *path, const struct facts_head *head,
		       const struct unit *u, const struct result *res,
		       unsigned int source, const struct rules *r,
		       struct error *err)
{
	struct writer w = { .unit = u, .res = res, .source = source };

	return write_facts(&w, head, path, r, err);
}
