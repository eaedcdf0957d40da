// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * SARIF 2.1.0 (OASIS, 2020). Paths are relative to the tree, by way of the
 * base id SRCROOT, whose place the reader of the file knows.
 */
#include <jansson.h>
#include <string.h>
#include "report.h"

extern const char dmacheck_version[];

static const char schema[] =
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
	"sarif-schema-2.1.0.json";

/* What stands in sarif's "level". */
static const char *level_of(const char *confidence)
{
	return !strcmp(confidence, "high") ? "error" :
	       !strcmp(confidence, "medium") ? "warning" : "note";
}

static json_t *location(const char *file, unsigned int line, unsigned int col,
			const char *function, const char *message)
{
	json_t *region = json_pack("{s:i}", "startLine",
				   line ? (int)line : 1);
	json_t *l;

	if (col)
		json_object_set_new(region, "startColumn",
				    json_integer(col));
	l = json_pack("{s:{s:{s:s, s:s}, s:o}}", "physicalLocation",
		      "artifactLocation", "uri", file, "uriBaseId", "SRCROOT",
		      "region", region);
	if (function[0])
		json_object_set_new(l, "logicalLocations",
			json_pack("[{s:s, s:s}]", "name", function,
				  "kind", "function"));
	if (message)
		json_object_set_new(l, "message",
				    json_pack("{s:s}", "text", message));
	return l;
}

/* The help of a rule, as text and as Markdown. */
static json_t *help(struct arena *arena, const struct model_rule *r)
{
	struct buffer text, md;

	buffer_init(&text, arena);
	buffer_init(&md, arena);
	buffer_puts(&text, r->why);
	buffer_puts(&md, r->why);
	if (r->bad[0]) {
		buffer_printf(&text, "\n\nBad:\n%s", r->bad);
		buffer_printf(&md, "\n\nBad:\n\n```c\n%s\n```", r->bad);
	}
	if (r->good[0]) {
		buffer_printf(&text, "\n\nGood:\n%s", r->good);
		buffer_printf(&md, "\n\nGood:\n\n```c\n%s\n```", r->good);
	}
	if (r->debug[0]) {
		buffer_printf(&text, "\n\nCONFIG_DMA_API_DEBUG says: %s",
			      r->debug);
		buffer_printf(&md, "\n\n`CONFIG_DMA_API_DEBUG` says: %s",
			      r->debug);
	}
	return json_pack("{s:s, s:s}", "text", text.data, "markdown", md.data);
}

static json_t *rules(const struct model *m)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < m->nrules; i++) {
		const struct model_rule *r = &m->rule[i];
		json_t *tags = json_pack("[s, s]", "dma", r->class);
		json_t *o;

		if (r->cwe)
			json_array_append_new(tags, json_string(
				arena_printf(m->arena, "external/cwe/cwe-%u",
					     r->cwe)));
		o = json_pack("{s:s, s:s, s:{s:s}, s:{s:s}, s:o, s:{s:s},"
			      " s:{s:o, s:s, s:s}}",
			      "id", r->id, "name", r->class,
			      "shortDescription", "text", r->message,
			      "fullDescription", "text",
			      r->why[0] ? r->why : r->message,
			      "help", help(m->arena, r),
			      "defaultConfiguration", "level",
			      level_of(r->confidence),
			      "properties", "tags", tags,
			      "precision", r->confidence,
			      "contract", r->contract);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *code_flow(const struct model_finding *f)
{
	json_t *steps = json_array();
	size_t i;

	for (i = 0; i < f->nsteps; i++) {
		const struct model_step *s = &f->step[i];

		json_array_append_new(steps, json_pack("{s:i, s:o}",
			"executionOrder", (int)i + 1, "location",
			location(s->file, s->line, s->col, s->function,
				 s->text)));
	}
	return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", steps);
}

static int rule_index(const struct model *m, const char *id)
{
	const struct model_rule *r = model_rule_of(m, id);

	return r ? (int)(r - m->rule) : -1;
}

static json_t *result(const struct model *m, const struct model_finding *f)
{
	json_t *o = json_pack("{s:s, s:i, s:s, s:{s:s}, s:[o], s:{s:s},"
		" s:{s:s, s:s, s:s, s:s, s:s, s:s}}",
		"ruleId", f->rule, "ruleIndex", rule_index(m, f->rule),
		"level", level_of(confidence_name(f->confidence)),
		"message", "text", f->message,
		"locations", location(f->file, f->line, f->col, f->function,
				      NULL),
		"partialFingerprints", "dmacheck/v1", f->fingerprint,
		"properties", "confidence", confidence_name(f->confidence),
		"class", f->class, "place", f->place,
		"rootCause", f->root_cause, "arches", f->arches,
		"engines", f->engines);

	if (f->nsteps)
		json_object_set_new(o, "codeFlows", code_flow(f));
	/* True and unsure ones stay in plain sight. */
	if (known_strikes(f->known))
		json_object_set_new(o, "suppressions",
			json_pack("[{s:s, s:s, s:s}]", "kind", "external",
				  "status", "accepted",
				  "justification", f->known->reason));
	return o;
}

/* How the audit went: failed units are never silent. */
static json_t *invocation(const struct model *m)
{
	json_t *notes = json_array();
	size_t i;

	for (i = 0; i < m->nunits; i++)
		json_array_append_new(notes, json_pack("{s:s, s:{s:s}, s:[o]}",
			"level", strcmp(m->unit[i].status, "failed") ?
			"note" : "error",
			"message", "text", m->unit[i].reason,
			"locations", location(m->unit[i].source, 1, 0, "",
					      NULL)));
	return json_pack("{s:b, s:o}", "executionSuccessful",
			 m->coverage.failed == 0,
			 "toolExecutionNotifications", notes);
}

int report_sarif(const struct report *r, struct error *err)
{
	const struct model *m = r->model;
	json_t *results = json_array(), *all;
	size_t i;
	int ret;

	for (i = 0; i < m->nfindings; i++)
		if (report_shows(r, &m->finding[i]))
			json_array_append_new(results,
					      result(m, &m->finding[i]));
	all = json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:s, s:{s:{s:{"
			"s:s}}}, s:[o], s:o}]}",
			"$schema", schema, "version", "2.1.0", "runs",
			"tool", "driver", "name", "dmacheck", "version",
			dmacheck_version, "rules", rules(m),
			"columnKind", "utf16CodeUnits",
			"originalUriBaseIds", "SRCROOT", "description",
			"text", "the top folder of the kernel tree",
			"invocations", invocation(m), "results", results);
	ret = all ? json_dumpf(all, r->out, JSON_INDENT(1)) : -1;
	json_decref(all);
	if (ret)
		return error_set(err, "cannot write the report");
	fputs("\n", r->out);
	return 0;
}
