/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one "dmacheck cocci" does: a file of lines, whose words have tabs
 * between them.
 *
 *	tree DIR		where the files are
 *	tmp DIR			for temporary files; made and removed
 *	limit SECONDS		for each file and semantic patch
 *	part FILE		what was found, as cocci_results.h has it
 *	done FILE		made when all is done
 *	script NAME PATH	a semantic patch, and what it is run over:
 *	file HASH PATH
 */
#ifndef DMACHECK_COCCI_PLAN_H
#define DMACHECK_COCCI_PLAN_H

#include "util.h"

struct cocci_script {
	const char *name, *path;
	const char **hash;	/* of each file */
	struct strings files;
};

struct cocci_plan {
	const char *tree, *tmp, *part, *done;
	unsigned int limit;
	struct cocci_script *script;
	size_t n;
};

/* -1 and a sentence if it cannot be read, or is none. */
int cocci_plan_read(struct arena *arena, const char *path,
		    struct cocci_plan *p, struct error *err);

#endif
