// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "report.h"

/* Text in which nothing means anything to Markdown or HTML. */
static void put_text(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (strchr("\\`*_[]#|~", *s))
			fputc('\\', out);
		if (*s == '<')
			fputs("&lt;", out);
		else if (*s == '>')
			fputs("&gt;", out);
		else if (*s == '&')
			fputs("&amp;", out);
		else
			fputc(*s, out);
	}
}

/* @s as code; a grave accent cannot stand in a C name or path of ours. */
static void put_code(FILE *out, const char *s)
{
	fputs("`", out);
	for (; *s; s++)
		fputc(*s == '`' ? '\'' : *s, out);
	fputs("`", out);
}

static void put_summary(const struct report *r)
{
	const struct model *m = r->model;
	size_t i;
	int c;

	fputs("## Findings by class\n\n"
	      "Findings / root causes. A root cause is what one fix repairs: "
	      "a class, the function where ownership began, a place.\n\n"
	      "| class | high | medium | low |\n| --- | ---: | ---: | ---: |\n",
	      r->out);
	for (i = 0; i < m->nclasses; i++) {
		fprintf(r->out, "| %s |", m->class[i].class);
		for (c = CONF_HIGH; c >= CONF_LOW; c--)
			fprintf(r->out, " %u / %u |", m->class[i].findings[c],
				m->class[i].roots[c]);
		fputs("\n", r->out);
	}
	fputs("| all |", r->out);
	for (c = CONF_HIGH; c >= CONF_LOW; c--)
		fprintf(r->out, " %u / %u |", m->total[c], m->roots[c]);
	fputs("\n\n", r->out);
}

static void put_coverage(const struct report *r)
{
	const struct model_coverage *c = &r->model->coverage;
	size_t i;

	fprintf(r->out, "## Coverage\n\n"
		"- units: %u done, %u failed, %u skipped\n"
		"- functions: %u checked, %u incomplete\n",
		c->done, c->failed, c->skipped, c->functions, c->incomplete);
	for (i = 0; i < c->nreasons; i++)
		fprintf(r->out, "  - %s: %u\n", c->reason[i].name[0] ?
			c->reason[i].name : "no reason given",
			c->reason[i].n);
	fprintf(r->out, "- call sites of the API: %u of %u seen\n"
		"- values without a name: %u\n", c->seen, c->sites,
		c->unresolved);
	for (i = 0; i < c->nroles; i++)
		fprintf(r->out, "  - %s: %u\n", c->role[i].name, c->role[i].n);
	fprintf(r->out, "- escapes of addresses: %u\n", c->escapes);
	for (i = 0; i < c->ntargets; i++)
		fprintf(r->out, "  - %s: %u\n", c->target[i].name,
			c->target[i].n);
	fputs("\n", r->out);
	if (r->model->calls.calls) {
		fputs("By the source text:\n\n```\n", r->out);
		report_calls_line(r);
		fputs("```\n\n", r->out);
	}
}

static void put_finding(const struct report *r, const struct model_finding *f)
{
	const char *strike = known_strikes(f->known) ? "~~" : "";
	size_t i;

	fprintf(r->out, "#### %s%s: ", strike,
		confidence_name(f->confidence));
	put_text(r->out, f->message);
	fprintf(r->out, "%s\n\n", strike);
	put_code(r->out, f->file);
	fprintf(r->out, " line %u, in ", f->line);
	put_code(r->out, f->function);
	fputs(", place ", r->out);
	put_code(r->out, f->place[0] ? f->place : "-");
	fprintf(r->out, ", rule `%s`, fingerprint `%s`", f->rule,
		f->fingerprint);
	if (r->model->cocci[0])
		fprintf(r->out, ", by %s", f->engines);
	fputs("\n\n", r->out);
	if (f->known) {
		fprintf(r->out, "Known: **%s**, %s, %s, %s: ",
			verdict_name(f->known->verdict), f->known->status,
			f->known->method, f->known->date);
		put_text(r->out, f->known->reason);
		fputs("\n\n", r->out);
	}
	for (i = 0; i < f->nsteps; i++) {
		const struct model_step *s = &f->step[i];

		fprintf(r->out, "%zu. ", i + 1);
		put_code(r->out, s->file);
		fprintf(r->out, ":%u:%u ", s->line, s->col);
		put_code(r->out, s->function);
		fputs(": ", r->out);
		put_text(r->out, s->text);
		fputs("\n", r->out);
	}
	fputs("\n", r->out);
}

static void put_units(const struct report *r, const char *status,
		      const char *title)
{
	const struct model *m = r->model;
	bool any = false;
	size_t i;

	for (i = 0; i < m->nunits; i++) {
		if (strcmp(m->unit[i].status, status))
			continue;
		if (!any)
			fprintf(r->out, "## %s\n\n", title);
		any = true;
		fputs("- ", r->out);
		put_code(r->out, m->unit[i].source);
		fputs(": ", r->out);
		put_text(r->out, m->unit[i].reason);
		fputs("\n", r->out);
	}
	if (any)
		fputs("\n", r->out);
}

void report_markdown(const struct report *r)
{
	const struct model *m = r->model;
	const char *file = "";
	size_t i;

	fprintf(r->out, "# The DMA API in Linux %s\n\n", m->version);
	if (m->engine[0])
		fprintf(r->out, "Architecture %s, GCC %s, engine %s, rules %s."
			"\n\n", m->arches, m->compiler, m->engine,
			m->rules_hash);
	if (m->cocci[0])
		fprintf(r->out, "Coccinelle %s.\n\n", m->cocci);
	put_summary(r);
	put_coverage(r);
	fprintf(r->out, "## Findings of confidence %s and above\n\n",
		confidence_name(r->level));
	for (i = 0; i < m->nfindings; i++) {
		const struct model_finding *f = &m->finding[i];

		if (!report_shows(r, f))
			continue;
		if (strcmp(file, f->file)) {
			fputs("### ", r->out);
			put_text(r->out, f->file);
			fputs("\n\n", r->out);
		}
		file = f->file;
		put_finding(r, f);
	}
	put_units(r, "failed", "Units that failed");
	put_units(r, "skipped", "Units that were skipped");
}
