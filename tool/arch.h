/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The architectures that an audit can look at: tool/arches.txt, compiled in.
 */
#ifndef DMACHECK_ARCH_H
#define DMACHECK_ARCH_H

#include "util.h"

/* One line of the file, which says what its fields mean. */
struct arch {
	const char *name;	/* "riscv64": of the option and of the store */
	const char *kernel;	/* "riscv": ARCH of the kernel's make */
	const char *folder;	/* "riscv": below arch/ */
	const char *compiler;	/* "riscv64-linux-gnu" */
	const char *options;	/* "A=y,B=n": of allmodconfig, or "" */
	bool foreign;		/* the compiler is not that of this machine */
};

struct arches {
	struct arch *arch;
	size_t n;
};

/* All that there are. */
void arches_read(struct arena *arena, struct arches *all);

const struct arch *arches_find(const struct arches *all, const char *name);

/* That of a tree whose .config calls itself "Linux/@kernel"; NULL: none. */
const struct arch *arches_of_tree(const struct arches *all,
				  const char *kernel);

/* Adds @a to @list, unless it is there. */
void arches_add(struct arena *arena, struct arches *list,
		const struct arch *a);

/*
 * Those of @list, names with commas or blanks between them, in that order and
 * each once. -1 and a sentence in @err if one is unknown.
 */
int arches_select(struct arena *arena, const struct arches *all,
		  const char *list, struct arches *out, struct error *err);

#endif
