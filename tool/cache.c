// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "cache.h"

const char cache_layout[] =
"Everything cached lies in one folder, $DMACHECK_CACHE, or\n"
"$XDG_CACHE_HOME/dmacheck, or ~/.cache/dmacheck; it may be removed at any\n"
"time:\n"
"  trees/NAME-HASH/       one a kernel tree\n"
"    scan                 which C files call the DMA API\n"
"    lines                how make compiles them; made anew when .config or\n"
"                         a Makefile changes, or with --harvest\n"
"    cocci/results        what semantic patches said of each file\n"
"    audit-HASH/          one a plugin and rules file\n"
"      *.ninja            what ninja does\n"
"      collected/PATH.jsonl  what the compiler left of each unit\n"
"      facts/PATH.jsonl   what linking its module yielded\n"
"    ARCH/                the same for an architecture that the tree is not\n"
"                         configured for\n"
"      tree/              the tree, prepared for it\n";

static int take_lock(struct cache *c, const char *path,
		     void (*waiting)(const char *), const char *tree,
		     struct error *err)
{
	c->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (c->lock < 0)
		return error_set(err, "cannot write %s: %s", path,
				 strerror(errno));
	if (!flock(c->lock, LOCK_EX | LOCK_NB))
		return 0;
	if (errno == EWOULDBLOCK && waiting)
		waiting(tree);
	while (flock(c->lock, LOCK_EX))
		if (errno != EINTR)
			return error_set(err, "cannot lock %s: %s", path,
					 strerror(errno));
	return 0;
}

int cache_open(struct cache *c, struct arena *arena, const char *root,
	       const char *tree_root, void (*waiting)(const char *tree),
	       struct error *err)
{
	const char *name = strrchr(tree_root, '/') + 1;

	c->lock = -1;
	c->tree = arena_printf(arena, "%s/trees/%s-%s", root,
			       *name ? name : "root",
			       hash_text(arena, hash_string(0, tree_root)));
	c->scan = path_join(arena, c->tree, "scan");
	if (make_dirs(c->tree, err))
		return -1;
	return take_lock(c, path_join(arena, c->tree, "lock"), waiting,
			 tree_root, err);
}

void cache_close(struct cache *c)
{
	if (c->lock >= 0)
		close(c->lock);
	c->lock = -1;
}

int cache_of_arch(const struct cache *c, struct arena *arena,
		  const char *arch, const char *plugin, const char *rules,
		  struct cache_arch *out, struct error *err)
{
	const char *dir = arch ? path_join(arena, c->tree, arch) : c->tree;
	uint64_t which = hash_string(hash_string(0, plugin),
				     rules ? rules : "");

	out->lines = path_join(arena, dir, "lines");
	out->tmp = path_join(arena, dir, "tmp");
	out->shipped = path_join(arena, dir, "shipped");
	out->mirror = path_join(arena, dir, "tree");
	out->work = arena_printf(arena, "%s/audit-%s", dir,
				 hash_text(arena, which));
	return make_dirs(out->tmp, err) || make_dirs(out->work, err) ? -1 : 0;
}

const char *cache_file(const struct cache_arch *c, struct arena *arena,
		       const char *kind, const char *name, struct error *err)
{
	char *path = arena_printf(arena, "%s/%s/%s", c->work, kind, name);
	char *dir = arena_strndup(arena, path, strrchr(path, '/') - path);

	return make_dirs(dir, err) ? NULL : path;
}
