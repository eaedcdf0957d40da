// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "report.h"

bool report_shows(const struct report *r, const struct model_finding *f)
{
	return f->confidence >= r->level;
}

/* The escape sequence @code, if this report has colours. */
static const char *sgr(const struct report *r, const char *code)
{
	return r->color ? code : "";
}

static const char bold[] = "\033[1m", dim[] = "\033[2m", plain[] = "\033[0m",
		  red[] = "\033[1;31m", yellow[] = "\033[1;33m",
		  cyan[] = "\033[36m", struck[] = "\033[9m";

static const char *level_color(const struct report *r, enum confidence c)
{
	return sgr(r, c == CONF_HIGH ? red : c == CONF_MEDIUM ? yellow : cyan);
}

static void put_known(const struct report *r, const struct known_entry *e)
{
	if (!e)
		return;
	fprintf(r->out, "    %sknown: %s", sgr(r, dim),
		verdict_name(e->verdict));
	if (strcmp(e->status, "none"))
		fprintf(r->out, ", %s", e->status);
	fprintf(r->out, " (%s, %s): %s%s\n", e->method, e->date, e->reason,
		sgr(r, plain));
}

void report_finding(const struct report *r, const struct model_finding *f)
{
	const char *file = f->file;
	size_t i;

	fprintf(r->out, "%s%s:%u:%u:%s %s%s:%s %s%s%s [%s]\n", sgr(r, bold),
		f->file, f->line, f->col, sgr(r, plain),
		level_color(r, f->confidence), confidence_name(f->confidence),
		sgr(r, plain), known_strikes(f->known) ? sgr(r, struck) : "",
		f->message, sgr(r, plain), f->rule);
	fprintf(r->out, "    in %s(), place %s, fingerprint %s%s%s%s%s\n",
		f->function, f->place[0] ? f->place : "-", f->fingerprint,
		r->model->narches > 1 && f->arches[0] ? ", on " : "",
		r->model->narches > 1 ? f->arches : "",
		r->model->cocci[0] ? ", by " : "",
		r->model->cocci[0] ? f->engines : "");
	put_known(r, f->known);
	for (i = 0; i < f->nsteps; i++) {
		const struct model_step *s = &f->step[i];

		fprintf(r->out, "    %s(%zu)%s ", sgr(r, cyan), i + 1,
			sgr(r, plain));
		if (strcmp(file, s->file))
			fprintf(r->out, "%s:", s->file);
		fprintf(r->out, "%u:%u: %s() %s\n", s->line, s->col,
			s->function, s->text);
	}
}

static void put_tallies(FILE *out, const struct tally *t, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		fprintf(out, "%s%s %u", i ? ", " : " (",
			t[i].name[0] ? t[i].name : "no reason given", t[i].n);
	if (n)
		fputs(")", out);
}

void report_coverage(const struct report *r)
{
	const struct model_coverage *c = &r->model->coverage;
	FILE *out = r->out;
	size_t i;

	fprintf(out, "units       %u done, %u failed, %u skipped\n", c->done,
		c->failed, c->skipped);
	for (i = 0; r->model->narches > 1 && i < r->model->narches; i++) {
		const struct model_arch *a = &r->model->arch[i];

		fprintf(out, "  %-9s %u done, %u failed, %u skipped\n",
			a->name, a->done, a->failed, a->skipped);
	}
	fprintf(out, "functions   %u checked, %u incomplete", c->functions,
		c->incomplete);
	put_tallies(out, c->reason, c->nreasons);
	fprintf(out, "\ncall sites  %u of %u seen", c->seen, c->sites);
	if (c->sites)
		fprintf(out, " (%.1f %%)", 100.0 * c->seen / c->sites);
	fprintf(out, "\nvalues      %u unresolved", c->unresolved);
	put_tallies(out, c->role, c->nroles);
	fprintf(out, "\nescapes     %u of addresses", c->escapes);
	put_tallies(out, c->target, c->ntargets);
	fputs("\n", out);
	report_calls_line(r);
}

static void put_row(FILE *out, const char *name, const unsigned int *findings,
		    const unsigned int *roots)
{
	int c;

	fprintf(out, "%-20s", name);
	for (c = CONF_HIGH; c >= CONF_LOW; c--)
		fprintf(out, " %7u %7u", findings[c], roots[c]);
	fputs("\n", out);
}

void report_summary(const struct report *r)
{
	const struct model *m = r->model;
	size_t i;

	fprintf(r->out, "%-20s %15s %15s %15s\n%-20s", "", "high", "medium",
		"low", "class");
	for (i = 0; i < 3; i++)
		fprintf(r->out, " %7s %7s", "found", "causes");
	fputs("\n", r->out);
	for (i = 0; i < m->nclasses; i++)
		put_row(r->out, m->class[i].class, m->class[i].findings,
			m->class[i].roots);
	put_row(r->out, "all", m->total, m->roots);
}

static void put_units(const struct report *r, const char *status)
{
	const struct model *m = r->model;
	size_t i;

	for (i = 0; i < m->nunits; i++)
		if (!strcmp(m->unit[i].status, status))
			fprintf(r->out, "  %s: %s\n", m->unit[i].source,
				m->unit[i].reason);
}

void report_stale(const struct report *r)
{
	const struct model *m = r->model;
	size_t i, k;

	for (k = 0; r->known && k < r->known->n; k++) {
		const struct known_entry *e = &r->known->entry[k];

		for (i = 0; i < m->nfindings; i++)
			if (!strcmp(m->finding[i].fingerprint,
				    e->fingerprint) ||
			    !strcmp(m->finding[i].root_cause, e->root_cause))
				break;
		if (i == m->nfindings)
			fprintf(r->out,
				"%s:%u: stale: no finding has fingerprint %s or root cause %s\n",
				r->known->path, e->line, e->fingerprint,
				e->root_cause);
	}
}

void report_text(const struct report *r)
{
	const struct model *m = r->model;
	unsigned int shown = 0, all = model_count(m, CONF_LOW);
	const char *file = "";
	size_t i;

	for (i = 0; i < m->nfindings; i++) {
		const struct model_finding *f = &m->finding[i];

		if (!report_shows(r, f))
			continue;
		if (shown++ && strcmp(file, f->file))
			fputs("\n", r->out);
		file = f->file;
		report_finding(r, f);
	}
	if (shown)
		fputs("\n", r->out);
	if (m->coverage.failed) {
		fputs("Units that failed; what was known of them is kept:\n",
		      r->out);
		put_units(r, "failed");
		fputs("\n", r->out);
	}
	if (m->coverage.skipped) {
		fputs("Units that were skipped:\n", r->out);
		put_units(r, "skipped");
		fputs("\n", r->out);
	}
	fprintf(r->out, "Linux %s", m->version);
	if (m->engine[0])
		fprintf(r->out, ", %s, GCC %s, engine %s, rules %s", m->arches,
			m->compiler, m->engine, m->rules_hash);
	if (m->cocci[0])
		fprintf(r->out, ", Coccinelle %s", m->cocci);
	fputs("\n", r->out);
	report_coverage(r);
	fputs("\n", r->out);
	report_summary(r);
	if (shown < all)
		fprintf(r->out,
			"%u findings below confidence %s are not shown\n",
			all - shown, confidence_name(r->level));
	report_stale(r);
}

/* A field, in quotes if it needs them (RFC 4180). */
static void put_field(FILE *out, const char *s)
{
	if (!s[strcspn(s, ",\"\r\n")]) {
		fputs(s, out);
		return;
	}
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '"')
			fputc('"', out);
		fputc(*s, out);
	}
	fputc('"', out);
}

static void put_csv_line(FILE *out, const struct model_finding *f)
{
	char line[16], col[16], acquire_line[16] = "";
	const char *const field[] = {
		f->rule, f->class, confidence_name(f->confidence), f->place,
		f->file, f->files, line, col, f->function, f->functions,
		f->fingerprint, f->acquire_function, f->acquire_file,
		acquire_line, f->root_cause, f->api, f->message, f->arches,
		f->engines,
	};
	size_t i;

	snprintf(line, sizeof(line), "%u", f->line);
	snprintf(col, sizeof(col), "%u", f->col);
	if (f->acquire_line)
		snprintf(acquire_line, sizeof(acquire_line), "%u",
			 f->acquire_line);
	for (i = 0; i < sizeof(field) / sizeof(field[0]); i++) {
		if (i)
			fputc(',', out);
		put_field(out, field[i]);
	}
	fputs("\n", out);
}

void report_csv(const struct report *r)
{
	size_t i;

	fputs("rule,class,confidence,place,file,files,line,column,function,"
	      "functions,fingerprint,acquire_function,acquire_file,"
	      "acquire_line,root_cause,api,message,arches,engines\n", r->out);
	for (i = 0; i < r->model->nfindings; i++)
		if (report_shows(r, &r->model->finding[i]))
			put_csv_line(r->out, &r->model->finding[i]);
}
