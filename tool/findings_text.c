// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "findings_text.h"
#include "util.h"

static const char *known_or(const char *s, const char *otherwise)
{
	return s ? s : otherwise;
}

void finding_print(FILE *out, const struct finding *f, bool verbose)
{
	unsigned int i;

	fprintf(out, "%s:%u: %s %s %s\n", f->file, f->line, f->rule->class,
	       confidence_name(f->confidence), known_or(f->place, "-"));
	if (!verbose)
		return;
	fprintf(out, "\t%s: %s [%s, %s]\n", f->function, f->message, f->rule->id,
	       f->fingerprint);
	if (f->acquire_function)
		fprintf(out, "\towned since %s, %s:%u\n", f->acquire_function,
		       known_or(f->acquire_file, "-"), f->acquire_line);
	for (i = 0; i < f->nsteps; i++)
		fprintf(out, "\t(%u) %s:%u:%u %s: %s\n", i + 1, f->step[i].file,
		       f->step[i].line, f->step[i].col, f->step[i].function,
		       f->step[i].text);
}

void result_print(FILE *out, const struct result *res)
{
	unsigned int i;

	for (i = 0; i < res->nverdicts; i++) {
		const struct verdict *v = &res->verdict[i];

		fprintf(out, "function %s %s worlds %u\n", v->function->name,
		       v->complete ? "complete" : known_or(v->reason, "?"),
		       v->worlds);
		if (v->summary && *v->summary)
			fprintf(out, "%s%s", v->summary,
			       ends_with(v->summary, "\n") ? "" : "\n");
	}
	for (i = 0; i < res->nsites; i++) {
		const struct site *s = &res->site[i];

		fprintf(out, "site %s:%u:%u %s %s in %s place %s%s\n", s->file,
		       s->line, s->col, s->kind, s->api, s->function,
		       known_or(s->place, "-"), s->seen ? "" : " unseen");
	}
	for (i = 0; i < res->nunresolved; i++)
		fprintf(out, "unresolved %s:%u %s of %s in %s\n",
		       res->unresolved[i].file, res->unresolved[i].line,
		       res->unresolved[i].role, res->unresolved[i].api,
		       res->unresolved[i].function);
}
