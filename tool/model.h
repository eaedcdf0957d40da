/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a report says: read once from the store, so that reports of all
 * formats agree.
 */
#ifndef DMACHECK_MODEL_H
#define DMACHECK_MODEL_H

#include "rules.h"
#include "store.h"

struct known;
struct known_entry;

struct model_step {
	const char *file, *function, *text;
	unsigned int line, col;
};

/* A finding, once however many units have it. Strings are never NULL. */
struct model_finding {
	int64_t id;
	enum confidence confidence;
	const char *rule, *class;
	const char *file, *function;
	unsigned int line, col;
	const char *place, *api, *message, *fingerprint;
	const char *acquire_function, *acquire_file;	/* "": none */
	unsigned int acquire_line;
	const char *root_cause;
	struct model_step *step;
	size_t nsteps;
	const char *files, *functions;	/* all on the path, ";" between */
	const char *arches;		/* that see it, "," between */
	const char *engines;		/* that make it: "gcc,cocci" */
	const struct known_entry *known;	/* its triage, or NULL */
};

struct model_rule {
	const char *id, *class, *confidence, *message;
	const char *debug, *contract, *why, *bad, *good;	/* "": none */
	unsigned int cwe;
};

/* A unit that no architecture has done. */
struct model_unit {
	const char *source, *status, *reason;
};

/* A number with a name: incomplete functions by reason, and so on. */
struct tally {
	const char *name;
	unsigned int n;
};

/* Units of an architecture. */
struct model_arch {
	const char *name;
	unsigned int done, failed, skipped;
};

/* A file counts once, and as its best. */
struct model_coverage {
	unsigned int done, failed, skipped;
	unsigned int functions, incomplete;
	unsigned int sites, seen;	/* call sites of the API */
	unsigned int unresolved;
	struct tally *reason;		/* of incomplete functions */
	size_t nreasons;
	struct tally *role;		/* of unresolved values */
	size_t nroles;
	unsigned int escapes;		/* of addresses */
	struct tally *target;		/* where they go */
	size_t ntargets;
};

/* A call of the API that no engine saw. */
struct model_call {
	const char *source, *api, *function;
	unsigned int line, col;
	const char *why;		/* neither did */
};

/* Calls of the API in the source text, and which engine saw them. */
struct model_calls {
	unsigned int files, calls;	/* files that have one */
	unsigned int gcc, cocci, any;	/* calls that were seen */
	struct tally *arch;		/* of those that the plugin saw */
	size_t narches;
	struct tally *not_gcc, *not_cocci;	/* why others were not */
	size_t nnot_gcc, nnot_cocci;
	struct model_call *unseen;	/* by any, by source and line */
	size_t nunseen;
	/* files that semantic patches were run over; what failed of which */
	unsigned int done, failed;
	struct model_unit *unit;
	size_t nunits;
};

/* Findings and root causes of one class. */
struct model_class {
	const char *class;
	unsigned int findings[3], roots[3];	/* by enum confidence */
};

struct model {
	struct arena *arena;
	const char *tree, *version, *compiler, *engine, *rules_hash;
	struct model_finding *finding;	/* sorted by file, line, rule, place */
	size_t nfindings;
	struct model_rule *rule;	/* by id */
	size_t nrules;
	struct model_unit *unit;	/* that were not done, by source */
	size_t nunits;
	struct model_coverage coverage;
	struct model_calls calls;
	const char *cocci;	/* version and hash; "": it never ran */
	struct model_arch *arch;	/* in the order of the audit */
	size_t narches;
	const char *arches;		/* their names, ", " between */
	struct model_class *class;	/* by name */
	size_t nclasses;
	unsigned int total[3], roots[3];	/* of all classes */
};

/*
 * Reads @s: the findings that lie in or below one of @paths (all, if there is
 * none); units and coverage are those of the paths, too. NULL and a sentence
 * if the store cannot be read.
 */
struct model *model_load(struct store *s, const struct strings *paths,
			 struct error *err);

/* Adds 1 to the tally @name of *@list. */
void model_count_as(struct arena *arena, struct tally **list, size_t *n,
		    const char *name);

/* Part of model_load(): m->calls. */
int model_load_calls(struct model *m, struct store *s,
		     const struct strings *paths, struct error *err);

/*
 * Which engine: NULL for all findings, "gcc" or "cocci" for those that only
 * it makes, "both". Is @name one?
 */
bool model_is_engine(const char *name);

/* Leaves only those findings, as if there were no others. */
void model_only(struct model *m, const char *engine);

/* How many findings are of confidence @level or above. */
unsigned int model_count(const struct model *m, enum confidence level);

const struct model_rule *model_rule_of(const struct model *m,
				       const char *id);

/* Marks the findings that @k knows. */
void model_mark(struct model *m, const struct known *k);

#endif
