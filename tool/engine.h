/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plugin inside a compiler: where it is, whether that compiler loads it,
 * and how it is told what to do.
 */
#ifndef DMACHECK_ENGINE_H
#define DMACHECK_ENGINE_H

#include "arch.h"
#include "command.h"

struct engine {
	const char *plugin;	/* absolute path of dmacheck.so */
	const char *rules;	/* absolute path, or NULL: built in */
	const char *build;	/* result of the probe: who wrote facts */
	const char *compiler;	/* likewise: "12.2.0" */
};

/*
 * The plugin: @given, or dmacheck.so beside the command, in ../lib/dmacheck,
 * or where gcc looks for plugins. If @arch is a foreign one (NULL: none is) it
 * lies in a folder there that is called as the compiler. NULL and a sentence if
 * there is none.
 */
const char *engine_plugin(struct context *ctx, const char *given,
			  const struct arch *arch);

/*
 * Compiles one function with @cc and the plugin: a compiler of another
 * version, a plugin that is not loaded or of another build than the command,
 * or other rules than @rules are found out before an audit starts. @tmp is a
 * folder for the files of the probe. -1 and a sentence.
 */
int engine_probe(struct context *ctx, struct engine *e, const char *cc,
		 const struct rules *rules, const char *tmp);

/*
 * Adds the plugin and its arguments, with @facts as output, to @words: the
 * unit is collected, not checked.
 */
void engine_args(const struct engine *e, const char *facts,
		 struct strings *words);

/*
 * The sentence that says best why a compiler failed, out of what it printed
 * to the file @path; paths below @root become relative to it.
 */
const char *engine_complaint(struct arena *arena, const char *path,
			     const char *root);

#endif
