// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

static double percent(unsigned int n, unsigned int all)
{
	return all ? 100.0 * n / all : 0;
}

void report_calls_line(const struct report *r)
{
	const struct model_calls *c = &r->model->calls;

	if (c->done + c->failed)
		fprintf(r->out, "Coccinelle  %u files done, %u failed\n",
			c->done, c->failed);
	if (c->calls)
		fprintf(r->out, "calls       %u in %u files: %.1f %% seen by "
			"gcc, %.1f %% by cocci, %.1f %% by one of them\n",
			c->calls, c->files, percent(c->gcc, c->calls),
			percent(c->cocci, c->calls),
			percent(c->any, c->calls));
}

static void put_tallies(FILE *out, const char *title, const struct tally *t,
			size_t n, unsigned int all)
{
	size_t i;

	if (n)
		fprintf(out, "\n%s\n", title);
	for (i = 0; i < n; i++)
		fprintf(out, "  %6u  %4.1f %%  %s\n", t[i].n,
			percent(t[i].n, all), t[i].name);
}

static void put_seen(FILE *out, const char *by, unsigned int n,
		     unsigned int all)
{
	fprintf(out, "  %-9s %6u  %5.1f %%\n", by, n, percent(n, all));
}

void report_calls(const struct report *r)
{
	const struct model_calls *c = &r->model->calls;
	size_t i;

	fprintf(r->out,
		"%u calls of the DMA API in %u C files: what acquires, "
		"releases, tests or syncs,\nby the source text. Seen means "
		"that rules were evaluated there to completion.\n\n",
		c->calls, c->files);
	put_seen(r->out, "gcc", c->gcc, c->calls);
	put_seen(r->out, "cocci", c->cocci, c->calls);
	put_seen(r->out, "one", c->any, c->calls);
	put_seen(r->out, "none", c->calls - c->any, c->calls);
	put_tallies(r->out, "Seen by gcc on", c->arch, c->narches, c->calls);
	put_tallies(r->out, "Not seen by gcc", c->not_gcc, c->nnot_gcc,
		    c->calls);
	put_tallies(r->out, "Not seen by cocci", c->not_cocci, c->nnot_cocci,
		    c->calls);
	if (c->nunits)
		fputs("\nFiles on which semantic patches failed\n", r->out);
	for (i = 0; i < c->nunits; i++)
		fprintf(r->out, "  %s: %s\n", c->unit[i].source,
			c->unit[i].reason);
	if (c->nunseen)
		fputs("\nCalls that none saw\n", r->out);
	for (i = 0; i < c->nunseen; i++)
		fprintf(r->out, "  %s:%u:%u: %s() in %s: %s\n",
			c->unseen[i].source, c->unseen[i].line,
			c->unseen[i].col, c->unseen[i].api,
			c->unseen[i].function[0] ? c->unseen[i].function : "-",
			c->unseen[i].why);
}
