// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <string.h>
#include "report.h"

extern const char dmacheck_version[];

/* An object of numbers by confidence. */
static json_t *by_level(const unsigned int *n)
{
	return json_pack("{s:i, s:i, s:i}", "high", (int)n[CONF_HIGH],
			 "medium", (int)n[CONF_MEDIUM],
			 "low", (int)n[CONF_LOW]);
}

static json_t *tallies(const struct tally *t, size_t n)
{
	json_t *o = json_object();
	size_t i;

	for (i = 0; i < n; i++)
		json_object_set_new(o, t[i].name, json_integer(t[i].n));
	return o;
}

/* Calls in the source text, and which engine saw them. */
static json_t *calls(const struct model_calls *c)
{
	json_t *failed = json_array();
	size_t i;

	for (i = 0; i < c->nunits; i++)
		json_array_append_new(failed, json_pack("{s:s, s:s}",
			"source", c->unit[i].source,
			"reason", c->unit[i].reason));
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:o, s:o, s:i, s:o}",
			 "files", (int)c->files, "calls", (int)c->calls,
			 "gcc", (int)c->gcc, "cocci", (int)c->cocci,
			 "any", (int)c->any,
			 "not_gcc", tallies(c->not_gcc, c->nnot_gcc),
			 "not_cocci", tallies(c->not_cocci, c->nnot_cocci),
			 "cocci_done", (int)c->done,
			 "cocci_failed", failed);
}

static json_t *coverage(const struct model *m)
{
	const struct model_coverage *c = &m->coverage;
	json_t *units = json_array(), *arches = json_object();
	size_t i;

	for (i = 0; i < m->nunits; i++)
		json_array_append_new(units, json_pack("{s:s, s:s, s:s}",
			"source", m->unit[i].source,
			"status", m->unit[i].status,
			"reason", m->unit[i].reason));
	for (i = 0; i < m->narches; i++)
		json_object_set_new(arches, m->arch[i].name,
			json_pack("{s:i, s:i, s:i}",
				  "done", (int)m->arch[i].done,
				  "failed", (int)m->arch[i].failed,
				  "skipped", (int)m->arch[i].skipped));
	return json_pack("{s:i, s:i, s:i, s:o, s:i, s:i, s:o, s:i, s:i, s:i,"
			 " s:o, s:o, s:i, s:o, s:o}",
			 "done", (int)c->done, "failed", (int)c->failed,
			 "skipped", (int)c->skipped, "arches", arches,
			 "functions", (int)c->functions,
			 "incomplete", (int)c->incomplete,
			 "incomplete_by_reason",
			 tallies(c->reason, c->nreasons),
			 "sites", (int)c->sites, "sites_seen", (int)c->seen,
			 "unresolved", (int)c->unresolved,
			 "unresolved_by_role", tallies(c->role, c->nroles),
			 "units_not_done", units,
			 "escapes", (int)c->escapes,
			 "escapes_by_target", tallies(c->target, c->ntargets),
			 "calls", calls(&m->calls));
}

static json_t *summary(const struct model *m)
{
	json_t *classes = json_object();
	size_t i;

	for (i = 0; i < m->nclasses; i++)
		json_object_set_new(classes, m->class[i].class,
			json_pack("{s:o, s:o}",
				  "findings", by_level(m->class[i].findings),
				  "root_causes",
				  by_level(m->class[i].roots)));
	return json_pack("{s:o, s:o, s:o}", "findings", by_level(m->total),
			 "root_causes", by_level(m->roots),
			 "classes", classes);
}

static json_t *known_json(const struct known_entry *e)
{
	if (!e)
		return json_null();
	return json_pack("{s:s, s:s, s:s, s:s, s:s}",
			 "verdict", verdict_name(e->verdict),
			 "status", e->status, "reason", e->reason,
			 "date", e->date, "method", e->method);
}

static json_t *steps_json(const struct model_finding *f)
{
	json_t *steps = json_array();
	size_t i;

	for (i = 0; i < f->nsteps; i++)
		json_array_append_new(steps,
			json_pack("{s:s, s:i, s:i, s:s, s:s}",
				  "file", f->step[i].file,
				  "line", (int)f->step[i].line,
				  "column", (int)f->step[i].col,
				  "function", f->step[i].function,
				  "text", f->step[i].text));
	return steps;
}

static json_t *finding_json(const struct model_finding *f)
{
	json_t *acquire = !f->acquire_function[0] ? json_null() :
		json_pack("{s:s, s:s, s:i}", "function", f->acquire_function,
			  "file", f->acquire_file,
			  "line", (int)f->acquire_line);

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s,"
			 " s:s, s:s, s:s, s:s, s:o, s:o, s:o}",
			 "rule", f->rule, "class", f->class,
			 "confidence", confidence_name(f->confidence),
			 "place", f->place, "file", f->file,
			 "line", (int)f->line, "column", (int)f->col,
			 "function", f->function, "api", f->api,
			 "message", f->message, "fingerprint", f->fingerprint,
			 "root_cause", f->root_cause,
			 "arches", f->arches, "engines", f->engines, "acquire", acquire,
			 "path", steps_json(f),
			 "known", known_json(f->known));
}

int report_json(const struct report *r, struct error *err)
{
	const struct model *m = r->model;
	json_t *findings = json_array(), *all;
	size_t i;
	int ret;

	for (i = 0; i < m->nfindings; i++)
		if (report_shows(r, &m->finding[i]))
			json_array_append_new(findings,
					      finding_json(&m->finding[i]));
	all = json_pack("{s:{s:s, s:s}, s:{s:s, s:s, s:s, s:s, s:s, s:s}, s:o, s:o,"
			" s:o}",
			"tool", "name", "dmacheck", "version",
			dmacheck_version,
			"audit", "kernel", m->version, "arch", m->arches,
			"compiler", m->compiler, "engine", m->engine,
			"rules", m->rules_hash, "cocci", m->cocci,
			"coverage", coverage(m), "summary", summary(m),
			"findings", findings);
	ret = all ? json_dumpf(all, r->out, JSON_INDENT(1)) : -1;
	json_decref(all);
	if (ret)
		return error_set(err, "cannot write the report");
	fputs("\n", r->out);
	return 0;
}
