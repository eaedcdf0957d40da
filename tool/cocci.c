// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <string.h>
#include <unistd.h>
#include "calls.h"
#include "cocci.h"
#include "ninja.h"

/* How results are made from the same; grows when that changes. */
#define FORMAT 1

/* A group's files have about as many bytes, but each job gets one. */
#define GROUP_BYTES (4u << 20)

struct source {
	const char *path;
	uint64_t hash;		/* of its content */
	size_t size;
};

struct planning {
	struct cocci *c;
	struct patch *script;	/* those of the folder, and that of calls */
	size_t n;
	struct source *source;
	size_t nsources;
	struct ninja ninja;
	struct strings parts;
};

static bool is_first(const struct rules *rules, unsigned int i)
{
	return rules_api(rules, rules->api[i].name) == &rules->api[i] &&
	       calls_kind(&rules->api[i]);
}

/* The semantic patch that tells which calls can be parsed. */
static int write_calls(struct planning *p, struct patch *calls)
{
	const struct rules *rules = p->c->rules;
	struct arena *arena = p->c->ctx->arena;
	struct buffer b;
	unsigned int i;
	bool any = false;

	calls->name = COCCI_CALLS;
	calls->path = path_join(arena, p->c->dir, COCCI_CALLS ".cocci");
	buffer_init(&b, arena);
	buffer_puts(&b, "// Written by dmacheck audit.\n"
		    "// Options: --no-includes\nvirtual report\n\n"
		    "@r@\nidentifier f =~ \"^(");
	for (i = 0; i < rules->napis; i++) {
		if (!is_first(rules, i))
			continue;
		buffer_printf(&b, "%s%s", any ? "|" : "", rules->api[i].name);
		any = true;
	}
	buffer_puts(&b, ")$\";\nposition p;\n@@\nf@p(...)\n\n"
		    "@script:python depends on report@\np << r.p;\n@@\n"
		    "coccilib.report.print_report(p[0], \"\")\n");
	calls->hash = hash_bytes(0, b.data, b.len);
	return file_update(calls->path, b.data, b.len, p->c->ctx->err);
}

static int list_scripts(struct planning *p)
{
	struct cocci *c = p->c;

	p->n = c->patches.n + 1;
	p->script = arena_alloc(c->ctx->arena, p->n * sizeof(*p->script));
	memcpy(p->script + 1, c->patches.item,
	       c->patches.n * sizeof(*p->script));
	return write_calls(p, p->script);
}

static int list_sources(struct planning *p)
{
	struct cocci *c = p->c;
	size_t i;

	p->source = arena_alloc(c->ctx->arena,
				(c->sources->n + 1) * sizeof(*p->source));
	for (i = 0; i < c->sources->n; i++) {
		struct source *s = &p->source[p->nsources];
		struct arena *own = arena_new_like(c->ctx->arena);
		struct error ignored;
		const char *text;

		s->path = c->sources->item[i];
		text = file_read(own, path_join(own, c->root, s->path),
				 &s->size, &ignored);
		if (text)
			s->hash = hash_bytes(0, text, s->size);
		/* spatch says what is wrong with one that cannot be read */
		p->nsources++;
		arena_free(own);
	}
	return 0;
}

/* By what a result is remembered: all that it is made from. */
static const char *hash_of(const struct planning *p, const struct patch *s,
			   const struct source *f)
{
	uint64_t h = hash_string(FORMAT, p->c->patches.version);

	h = hash_bytes(h, &s->hash, sizeof(s->hash));
	h = hash_bytes(h, &p->c->limit, sizeof(p->c->limit));
	h = hash_bytes(h, &f->hash, sizeof(f->hash));
	return hash_text(p->c->ctx->arena, h);
}

static bool is_pending(const struct planning *p, const struct patch *s,
		       const struct source *f)
{
	const struct cocci_result *e = cocci_results_find(&p->c->results,
							  s->name, f->path);

	return p->c->force || !e || strcmp(e->hash, hash_of(p, s, f));
}

static bool any_pending(const struct planning *p, const struct source *f)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (is_pending(p, &p->script[i], f))
			return true;
	return false;
}

static void put_script(const struct planning *p, struct buffer *b,
		       const struct patch *s, const struct source *const *file,
		       size_t n)
{
	bool any = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!is_pending(p, s, file[i]))
			continue;
		if (!any)
			buffer_printf(b, "script\t%s\t%s\n", s->name, s->path);
		any = true;
		buffer_printf(b, "file\t%s\t%s\n", hash_of(p, s, file[i]),
			      file[i]->path);
	}
}

static int add_group(struct planning *p, const struct source *const *file,
		     size_t n, size_t size)
{
	struct cocci *c = p->c;
	struct arena *arena = c->ctx->arena;
	const char *base = arena_printf(arena, "%s/%zu", c->dir, p->ninja.n);
	const char *plan = arena_printf(arena, "%s.plan", base);
	struct edge *e;
	struct buffer b;
	size_t i;

	buffer_init(&b, arena);
	buffer_printf(&b, "tree\t%s\ntmp\t%s.tmp\nlimit\t%u\npart\t%s.part\n"
		      "done\t%s.done\n", c->root, base, c->limit, base, base);
	for (i = 0; i < p->n; i++)
		put_script(p, &b, &p->script[i], file, n);
	p->ninja.edge = arena_grow(arena, p->ninja.edge, p->ninja.n,
				   sizeof(*p->ninja.edge));
	e = &p->ninja.edge[p->ninja.n++];
	e->name = arena_printf(arena, "group %zu", p->ninja.n);
	e->size = (int64_t)size;
	strings_init(&e->in, arena);
	strings_init(&e->out, arena);
	strings_init(&e->words, arena);
	strings_add(&e->in, plan);
	strings_add(&e->out, arena_printf(arena, "%s.done", base));
	strings_add(&e->words, path_join(arena, c->ctx->program_dir,
					 "dmacheck"));
	strings_add(&e->words, "cocci");
	strings_add(&e->words, "--plan");
	strings_add(&e->words, plan);
	strings_add(&p->parts, arena_printf(arena, "%s.part", base));
	c->ran += n;
	return file_write(plan, b.data, b.len, c->ctx->err);
}

static int plan_groups(struct planning *p)
{
	struct arena *arena = p->c->ctx->arena;
	const struct source **pending = arena_alloc(arena,
		(p->nsources + 1) * sizeof(*pending));
	size_t i, n = 0, first = 0, size = 0, all = 0, limit;

	for (i = 0; i < p->nsources; i++) {
		if (!any_pending(p, &p->source[i]))
			continue;
		pending[n++] = &p->source[i];
		all += p->source[i].size;
	}
	limit = all / (p->c->jobs ? p->c->jobs : 1);
	limit = limit < GROUP_BYTES ? limit : GROUP_BYTES;
	for (i = 0; i < n; i++) {
		size += pending[i]->size;
		if (size < limit && i + 1 < n)
			continue;
		if (add_group(p, pending + first, i + 1 - first, size))
			return -1;
		first = i + 1;
		size = 0;
	}
	return 0;
}

/* What an audit that was killed left: its results are good, the rest goes. */
static void clean_up(struct cocci *c)
{
	static const char *const end[] = { ".plan", ".part", ".done", ".fail",
					   ".tmp" };
	DIR *d = opendir(c->dir);
	const struct dirent *e;
	size_t i;

	while (d && (e = readdir(d))) {
		const char *path = path_join(c->ctx->arena, c->dir,
			arena_strdup(c->ctx->arena, e->d_name));

		if (ends_with(path, ".part"))
			cocci_results_read(&c->results, path);
		for (i = 0; i < sizeof(end) / sizeof(end[0]); i++)
			if (ends_with(path, end[i]))
				remove_tree(path);
	}
	if (d)
		closedir(d);
}

/* What the group said that could not do all. */
static void read_complaint(struct planning *p)
{
	static const char begin[] = "dmacheck: ";
	struct error ignored;
	char *text;
	size_t i;

	for (i = 0; i < p->ninja.n && !p->c->complaint; i++) {
		text = file_read(p->c->ctx->arena,
				 arena_printf(p->c->ctx->arena, "%s.fail",
					      p->ninja.edge[i].out.item[0]),
				 NULL, &ignored);
		if (!text)
			continue;
		text[strcspn(text, "\n")] = '\0';
		if (starts_with(text, begin))
			text += strlen(begin);
		p->c->complaint = *text ? text : "dmacheck cocci was killed";
	}
}

static int gather(struct planning *p, const char *memory)
{
	size_t i;

	for (i = 0; i < p->parts.n; i++)
		cocci_results_read(&p->c->results, p->parts.item[i]);
	read_complaint(p);
	if (cocci_results_write(&p->c->results, memory, p->c->ctx->err))
		return -1;
	clean_up(p->c);
	return 0;
}

/* What is remembered but not of this content is as good as not there. */
static void forget_old(struct planning *p)
{
	size_t i, k;

	for (i = 0; i < p->n; i++)
		for (k = 0; k < p->nsources; k++)
			if (is_pending(p, &p->script[i], &p->source[k]))
				cocci_results_drop(&p->c->results,
						   p->script[i].name,
						   p->source[k].path);
}

int cocci_run(struct cocci *c)
{
	struct arena *arena = c->ctx->arena;
	const char *memory = path_join(arena, c->dir, "results");
	struct planning p = { .c = c, .ninja = {
		.arena = arena, .name = "groups", .what = "groups of files",
		.tree = c->root, .work = c->dir, .jobs = c->jobs,
		.progress = c->progress } };
	int ret;

	c->results.arena = arena;
	strings_init(&p.parts, arena);
	if (make_dirs(c->dir, c->ctx->err) || list_scripts(&p) ||
	    list_sources(&p))
		return -1;
	cocci_results_read(&c->results, memory);
	clean_up(c);
	forget_old(&p);
	c->force = false;
	if (plan_groups(&p))
		return -1;
	p.ninja.stamp = c->patches.version;
	progress_begin(c->progress, c->progress->out, c->progress->shown);
	ret = ninja_run(&p.ninja, c->ctx->err);
	progress_end(c->progress);
	return ret || gather(&p, memory) ? -1 : 0;
}

void cocci_free(struct cocci *c)
{
	cocci_results_free(&c->results);
}
