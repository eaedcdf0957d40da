// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "command.h"
#include "report.h"

enum { OPT_DB = 1, OPT_SEED, OPT_COUNT, OPT_PER_CLASS, OPT_LEVEL, OPT_KNOWN,
       OPT_FORMAT, OPT_ENGINE };

static const struct argp_option options[] = {
	{ "db", OPT_DB, "FILE", 0, "the database of an audit", 0 },
	{ "seed", OPT_SEED, "N", 0, "the same seed draws the same (1)", 0 },
	{ "count", OPT_COUNT, "N", 0, "how many root causes to draw (60)", 0 },
	{ "max-per-class", OPT_PER_CLASS, "N", 0,
	  "at most so many of one class (no limit)", 0 },
	{ "level", OPT_LEVEL, "LEVEL", 0,
	  "confidence to draw from: high (default), medium or low", 0 },
	{ "engine", OPT_ENGINE, "ENGINE", 0,
	  "only what this engine alone finds, gcc or cocci, or both", 0 },
	{ "known", OPT_KNOWN, "FILE", 0,
	  "show what is known of those that are drawn", 0 },
	{ "format", OPT_FORMAT, "FORMAT", 0,
	  "text (default), or yaml: entries of a file of known findings, to "
	  "be filled in", 0 },
	{ 0 }
};

struct sample_options {
	const char *db, *known, *engine;
	uint64_t seed;
	size_t count, per_class;
	int level;
	bool yaml;
};

static uint64_t number(struct argp_state *state, const char *arg)
{
	char *end;
	uint64_t n = strtoull(arg, &end, 10);

	if (*end || !*arg || *arg == '-')
		argp_error(state, "%s is not a number", arg);
	return n;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct sample_options *o = state->input;

	switch (key) {
	case OPT_DB:
		o->db = arg;
		return 0;
	case OPT_SEED:
		o->seed = number(state, arg);
		return 0;
	case OPT_COUNT:
		o->count = number(state, arg);
		return 0;
	case OPT_PER_CLASS:
		o->per_class = number(state, arg);
		return 0;
	case OPT_LEVEL:
		o->level = confidence_from_name(arg);
		if (o->level < 0)
			argp_error(state, "there is no level %s", arg);
		return 0;
	case OPT_ENGINE:
		o->engine = arg;
		if (!model_is_engine(arg))
			argp_error(state, "there is no engine %s", arg);
		return 0;
	case OPT_KNOWN:
		o->known = arg;
		return 0;
	case OPT_FORMAT:
		o->yaml = !strcmp(arg, "yaml");
		if (!o->yaml && strcmp(arg, "text"))
			argp_error(state, "there is no format %s", arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	options, parse, NULL,
	"Draws root causes at random, each with the same chance, and prints a "
	"finding of each. Root causes are put in the order of a hash of seed "
	"and root cause and taken from the front, except where their class "
	"has its number already; so a sample stays the same as long as the "
	"findings do, and changes little when few of them change.",
	NULL, NULL, NULL
};

/* A root cause of the level, with the finding that stands for it. */
struct draw {
	uint64_t key;
	const struct model_finding *f;
};

static int by_key(const void *a, const void *b)
{
	const struct draw *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return strcmp(x->f->root_cause, y->f->root_cause);
}

/* A root cause is of the level of its best finding; the first shows it. */
static size_t gather(const struct model *m, const struct sample_options *o,
		     struct draw *d)
{
	size_t i, k, n = 0;

	for (i = 0; i < m->nfindings; i++) {
		const struct model_finding *f = &m->finding[i];

		for (k = 0; k < n; k++)
			if (!strcmp(d[k].f->root_cause, f->root_cause))
				break;
		if (k < n && d[k].f->confidence >= f->confidence)
			continue;
		d[k].f = f;
		d[k].key = hash_string(o->seed, f->root_cause);
		n += k == n;
	}
	for (i = k = 0; i < n; i++)
		if ((int)d[i].f->confidence == o->level)
			d[k++] = d[i];
	qsort(d, k, sizeof(*d), by_key);
	return k;
}

static size_t draw(struct draw *d, size_t n, const struct sample_options *o)
{
	size_t i, k, taken = 0, same;

	for (i = 0; i < n && taken < o->count; i++) {
		same = 0;
		for (k = 0; k < taken; k++)
			same += !strcmp(d[k].f->class, d[i].f->class);
		if (!o->per_class || same < o->per_class)
			d[taken++] = d[i];
	}
	return taken;
}

/* A YAML scalar in double quotes. */
static void put_quoted(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
	putchar('"');
}

static void put_yaml(const struct model_finding *f,
		     const struct sample_options *o)
{
	char date[16];
	time_t t = time(NULL);
	struct tm tm;
	size_t i;

	strftime(date, sizeof(date), "%Y-%m-%d", gmtime_r(&t, &tm));
	printf("# %s:%u: %s\n", f->file, f->line, f->message);
	for (i = 0; i < f->nsteps; i++)
		printf("#   (%zu) %s:%u %s: %s\n", i + 1, f->step[i].file,
		       f->step[i].line, f->step[i].function, f->step[i].text);
	printf("- fingerprint: \"%s\"\n  root_cause: ", f->fingerprint);
	put_quoted(f->root_cause);
	printf("\n  verdict: %s\n  status: %s\n  reason: ",
	       verdict_name(f->known ? f->known->verdict : VERDICT_UNSURE),
	       f->known ? f->known->status : "none");
	put_quoted(f->known ? f->known->reason : "not looked at yet");
	printf("\n  date: %s\n  method: %s\n  seed: %llu\n  stratum: %s/%s\n",
	       f->known ? f->known->date : date,
	       f->known ? f->known->method : "read",
	       (unsigned long long)o->seed, confidence_name(f->confidence),
	       f->class);
}

static int run(struct context *ctx, const struct sample_options *o,
	       struct store *s)
{
	struct strings all;
	struct model *m;
	struct report r = { .out = stdout,
			    .color = ctx->out_tty && !ctx->no_color };
	struct draw *d;
	size_t i, n, taken;

	strings_init(&all, ctx->arena);
	m = model_load(s, &all, ctx->err);
	if (!m)
		return -1;
	model_only(m, o->engine);
	if (o->known) {
		r.known = known_load(ctx->arena, o->known, ctx->err);
		if (!r.known)
			return -1;
		model_mark(m, r.known);
	}
	r.model = m;
	d = arena_alloc(ctx->arena, (m->nfindings + 1) * sizeof(*d));
	n = gather(m, o, d);
	taken = draw(d, n, o);
	for (i = 0; i < taken; i++) {
		if (o->yaml) {
			put_yaml(d[i].f, o);
			continue;
		}
		printf("%zu. %s\n", i + 1, d[i].f->root_cause);
		report_finding(&r, d[i].f);
		printf("\n");
	}
	fprintf(stderr, "dmacheck: %zu of %zu root causes of confidence %s\n",
		taken, n, confidence_name(o->level));
	return 0;
}

int command_sample(struct context *ctx, int argc, char **argv)
{
	struct sample_options o = { .seed = 1, .count = 60,
				    .level = CONF_HIGH };
	struct store *s;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (!o.db)
		return error_set(ctx->err, "give the database: --db FILE");
	s = store_open(ctx->arena, o.db, STORE_READ, ctx->err);
	if (!s)
		return -1;
	ret = run(ctx, &o, s);
	store_close(s);
	return ret;
}
