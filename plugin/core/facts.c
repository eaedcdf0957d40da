// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "facts.h"

/* A function by name: where it is in result->verdict. */
struct entry_of {
	const char *name;
	unsigned int verdict;
};

struct writer {
	FILE *out;
	const struct unit *unit;
	const struct result *res;
	const struct rules *rules;
	const struct entry_of *by_name;		/* sorted */
	const bool *matters;
	unsigned int functions, ops, sites, unresolved, findings;
	bool broken;		/* a record could not be made: no memory */
};

/* JSON knows no bytes that are not UTF-8; source text may hold any. */
static json_t *text(const char *s)
{
	json_t *j;
	char *copy, *p;

	if (!s)
		return json_null();
	j = json_string(s);
	if (j)
		return j;
	copy = strdup(s);
	if (!copy)
		return NULL;
	for (p = copy; *p; p++)
		if (*p & 0x80)
			*p = '?';
	j = json_string(copy);
	free(copy);
	return j;
}

/* Writes and releases @j, which may be NULL. */
static void put(struct writer *w, json_t *j)
{
	if (!j || json_dumpf(j, w->out, JSON_COMPACT))
		w->broken = true;
	if (fputc('\n', w->out) < 0)
		w->broken = true;
	json_decref(j);
}

static const char *file_of(const struct unit *u, unsigned int number)
{
	return number < u->nfiles ? u->file[number] : NULL;
}

static void put_unit(struct writer *w, const struct facts_head *head)
{
	json_t *files = json_array();
	unsigned int i;

	for (i = 0; i < w->unit->nfiles; i++)
		json_array_append_new(files, text(w->unit->file[i]));
	put(w, json_pack("{s:s, s:i, s:s, s:s, s:o, s:o, s:o, s:o}",
			 "record", "unit", "format", FACTS_FORMAT,
			 "engine", dmacheck_build, "rules", w->rules->hash,
			 "source", text(head->source),
			 "target", text(head->target),
			 "compiler", text(head->compiler), "files", files));
}

static void put_ops(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->unit->nops; i++) {
		const struct ops *o = &w->unit->ops[i];

		put(w, json_pack("{s:s, s:o, s:o, s:o, s:o}", "record", "ops",
				 "type", text(o->type),
				 "field", text(o->field),
				 "object", text(o->object),
				 "function", text(o->function)));
		w->ops++;
	}
}

/* The text form of @f. */
static json_t *event_text(const struct function *f)
{
	char *form = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&form, &len);
	json_t *j;

	if (!out)
		return NULL;
	function_print(out, f);
	if (fclose(out)) {
		free(form);
		return NULL;
	}
	j = text(form);
	free(form);
	return j;
}

static bool in_header(const struct unit *u, const struct function *f)
{
	const char *path = file_of(u, f->loc.file);
	size_t len = path ? strlen(path) : 0;

	return f->loc.file && len > 2 && !strcmp(path + len - 2, ".h");
}

static void put_functions(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nverdicts; i++) {
		const struct verdict *v = &w->res->verdict[i];
		const struct function *f = v->function;
		json_t *j;

		if (!w->matters[i] && in_header(w->unit, f))
			continue;
		j = json_pack("{s:s, s:o, s:o, s:i, s:i, s:b, s:b, s:o, s:i,"
			      " s:f, s:o}",
			      "record", "function", "name", text(f->name),
			      "file", text(file_of(w->unit, f->loc.file)),
			      "line", (int)f->loc.line, "col", (int)f->loc.col,
			      "static", f->is_static, "complete", v->complete,
			      "reason", text(v->reason),
			      "worlds", (int)v->worlds, "seconds", v->seconds,
			      "summary", text(v->summary));
		if (j && w->matters[i] &&
		    json_object_set_new(j, "event", event_text(f)))
			w->broken = true;
		put(w, j);
		w->functions++;
	}
}

static void put_sites(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nsites; i++) {
		const struct site *s = &w->res->site[i];

		put(w, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:i, s:i,"
				 " s:o, s:b}", "record", "site",
				 "kind", text(s->kind), "api", text(s->api),
				 "family", text(s->family),
				 "function", text(s->function),
				 "file", text(s->file), "line", (int)s->line,
				 "col", (int)s->col, "place", text(s->place),
				 "seen", s->seen));
		w->sites++;
	}
	for (i = 0; i < w->res->nunresolved; i++) {
		const struct unresolved *n = &w->res->unresolved[i];

		put(w, json_pack("{s:s, s:o, s:o, s:i, s:o, s:o}",
				 "record", "unresolved",
				 "function", text(n->function),
				 "file", text(n->file), "line", (int)n->line,
				 "api", text(n->api), "role", text(n->role)));
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
				  "file", text(s->file), "line", (int)s->line,
				  "col", (int)s->col,
				  "function", text(s->function),
				  "text", text(s->text)));
	}
	return steps;
}

static void put_findings(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < w->res->nfindings; i++) {
		const struct finding *f = &w->res->finding[i];

		put(w, json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:i, s:i,"
				 " s:o, s:o, s:o, s:s, s:o, s:o, s:i, s:o}",
				 "record", "finding", "rule", f->rule->id,
				 "class", f->rule->class,
				 "confidence", confidence_name(f->confidence),
				 "file", text(f->file),
				 "function", text(f->function),
				 "line", (int)f->line, "col", (int)f->col,
				 "place", text(f->place), "api", text(f->api),
				 "message", text(f->message),
				 "fingerprint", f->fingerprint,
				 "acquire_function", text(f->acquire_function),
				 "acquire_file", text(f->acquire_file),
				 "acquire_line", (int)f->acquire_line,
				 "steps", steps_of(f)));
		w->findings++;
	}
}

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct entry_of *)a)->name,
		      ((const struct entry_of *)b)->name);
}

static struct entry_of *sort_names(const struct result *res)
{
	struct entry_of *e = calloc(res->nverdicts + 1, sizeof(*e));
	unsigned int i;

	for (i = 0; e && i < res->nverdicts; i++) {
		e[i].name = res->verdict[i].function->name;
		e[i].verdict = i;
	}
	if (e)
		qsort(e, res->nverdicts, sizeof(*e), compare_entries);
	return e;
}

/* Is @name a function of the unit that is known to matter? */
static bool is_marked(const struct writer *w, const char *name,
		      const bool *matters)
{
	struct entry_of key = { .name = name };
	const struct entry_of *e = bsearch(&key, w->by_name,
					   w->res->nverdicts, sizeof(*e),
					   compare_entries);

	return e && matters[e->verdict];
}

/* Does the API @name move or look at ownership, or say who is called when? */
static bool moves(const struct rules *r, const char *name)
{
	const struct api *api = rules_api(r, name);

	return api && (api->kind == API_ACQUIRE || api->kind == API_RELEASE ||
		       api->kind == API_TEST || api->kind == API_SYNC ||
		       api->kind == API_ACTION || api->registers);
}

/* Does @f call what moves ownership, or a function that matters already? */
static bool reaches(const struct writer *w, const struct function *f,
		    const bool *matters)
{
	unsigned int i, k;

	for (i = 0; i < f->nblocks; i++) {
		for (k = 0; k < f->block[i].nevents; k++) {
			const char *callee = f->block[i].event[k].callee;

			if (callee && (moves(w->rules, callee) ||
				       is_marked(w, callee, matters)))
				return true;
		}
	}
	return false;
}

/*
 * The functions whose event form another unit may need: all that reach an
 * API, through others too, except the API's own bodies in headers.
 */
static bool *find_matters(const struct writer *w)
{
	bool *matters = calloc(w->res->nverdicts + 1, sizeof(*matters));
	bool again = matters;
	unsigned int i;

	while (again) {
		again = false;
		for (i = 0; i < w->res->nverdicts; i++) {
			const struct function *f = w->res->verdict[i].function;

			if (matters[i] || moves(w->rules, f->name) ||
			    !reaches(w, f, matters))
				continue;
			matters[i] = again = true;
		}
	}
	return matters;
}

static int write_all(struct writer *w, const struct facts_head *head)
{
	struct entry_of *by_name = sort_names(w->res);
	bool *matters;

	w->by_name = by_name;
	matters = by_name ? find_matters(w) : NULL;
	w->matters = matters;
	if (!matters) {
		free(by_name);
		return -1;
	}
	put_unit(w, head);
	put_ops(w);
	put_functions(w);
	put_sites(w);
	put_findings(w);
	put(w, json_pack("{s:s, s:i, s:i, s:i, s:i, s:i}", "record", "end",
			 "ops", (int)w->ops, "function", (int)w->functions,
			 "site", (int)w->sites,
			 "unresolved", (int)w->unresolved,
			 "finding", (int)w->findings));
	free(matters);
	free(by_name);
	return w->broken ? -1 : 0;
}

int facts_write(const char *path, const struct facts_head *head,
		const struct unit *u, const struct result *res,
		const struct rules *r, struct error *err)
{
	struct writer w = { .unit = u, .res = res, .rules = r };
	char *tmp;
	int ret, saved;

	if (asprintf(&tmp, "%s.tmp", path) < 0)
		return error_set(err, "no memory left for the facts");
	w.out = fopen(tmp, "w");
	if (!w.out) {
		error_set(err, "cannot write the facts file %s: %s", tmp,
			  strerror(errno));
		free(tmp);
		return -1;
	}
	errno = 0;
	ret = write_all(&w, head);
	saved = errno;
	if (fclose(w.out)) {
		ret = -1;
		saved = errno;
	}
	if (!ret && rename(tmp, path)) {
		ret = -1;
		saved = errno;
	}
	if (ret) {
		unlink(tmp);
		error_set(err, "cannot write the facts file %s: %s", path,
			  strerror(saved ? saved : ENOMEM));
	}
	free(tmp);
	return ret;
}
