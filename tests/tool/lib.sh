# SPDX-License-Identifier: GPL-2.0-or-later
#
# For the tests of the command; read by them, not run.

unset NO_COLOR
export DMACHECK_CACHE=$TMPDIR/cache
CC=${CC:-gcc}

# check NAME COMMAND...: one test, passed if the command succeeds
check()
{
	local name=$1

	shift
	if "$@" >"$TMPDIR/check.out" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name: failed: $*"
		head -n 20 "$TMPDIR/check.out"
	fi
}

# run COMMAND...: leaves stdout, stderr and the exit status in out, err, status
run()
{
	"$@" >"$TMPDIR/out" 2>"$TMPDIR/err"
	status=$?
}

# refused NAME PATTERN COMMAND...: exit status 2, one line on stderr that
# matches, nothing on stdout
refused()
{
	local name=$1 pattern=$2

	shift 2
	run "$@"
	if [ $status != 2 ]; then
		echo "not ok $name: exit status $status"
		cat "$TMPDIR/err"
	elif ! grep -qE "^dmacheck: .*($pattern)" "$TMPDIR/err"; then
		echo "not ok $name: no sentence like \"$pattern\""
		cat "$TMPDIR/err"
	elif [ "$(wc -l <"$TMPDIR/err")" != 1 ] || [ -s "$TMPDIR/out" ]; then
		echo "not ok $name: more than a sentence is printed"
		cat "$TMPDIR/err" "$TMPDIR/out"
	else
		echo "ok $name"
	fi
}

same() # A B: two texts
{
	[ "$1" = "$2" ] || { printf '%s\n---\n%s\n' "$1" "$2"; return 1; }
}

# A tree that looks like a prepared kernel to dmacheck and compiles in no
# time. Its Makefile answers "make -n" as kbuild does: drivers/unbuilt.c is
# compiled only when it is asked for.
make_tree() # DIR
{
	local t=$1

	mkdir -p "$t/drivers/deep" "$t/include/config" "$t/include/generated" \
		"$t/include/linux" "$t/scripts"
	cat >"$t/Makefile" <<-'EOF'
	VERSION = 6
	PATCHLEVEL = 1
	SUBLEVEL = 99
	KERNELVERSION = 6.1.99
	.RECIPEPREFIX = >
	CC = $(CROSS_COMPILE)gcc
	need-builtin = 1
	real-obj-y = drivers/leak.o drivers/clean.o drivers/deep/leak2.o \
		     drivers/no_dma.o $(if $(filter $(ARCH),arm64),drivers/arm.o)
	allmodconfig:
	>echo '# Linux/$(ARCH) 6.1.99 Kernel Configuration' >.config
	>cat $(KCONFIG_ALLCONFIG) >>.config
	>echo 'CONFIG_CC_VERSION_TEXT="$(CC) (Debian) 12"' >>.config
	prepare modules_prepare: ; @$(MAKE) -s -f prepare.mk ARCH=$(ARCH)
	# drivers/mod/mod.o is linked of main.o, ring.o and far.o
	empty =
	space = $(empty) $(empty)
	modfile = $(if $(filter drivers/mod/%,$@),drivers/mod/mod,$(basename $@))
	__modname = $(notdir $(modfile))
	mod-objs = main.o ring.o far.o
	CFLAGS_OF = $(if $(filter drivers/mod/%,$@),$(CFLAGS_MODULE),$(CFLAGS_KERNEL))
	# as 6.12 does: the compiler is asked only where .config may change
	may-sync-config := 1
	need-compiler := $(may-sync-config)
	cc-option = $(if $(need-compiler),$(1))
	%.o: %.c
	>echo '  CC $@'; $(CC) -Wp,-MMD,$@.d -Iinclude -O2 -g -Werror \
			-fsanitize=undefined --param asan-stack=1 \
			-DRANDSTRUCT_PLUGIN -fplugin=/nonexistent/p.so \
			-DNAME='"a b"' $(call cc-option,-DASKED) $(CFLAGS_OF) -c -o $@ $<; objtool $@
	EOF
	cat >"$t/prepare.mk" <<-'EOF'
	.RECIPEPREFIX = >
	all:
	>mkdir -p include/config include/generated
	>touch include/generated/autoconf.h include/generated/utsrelease.h \
		include/generated/asm-offsets.h include/config/auto.conf
	>echo 'deps_config := Kconfig' >include/config/auto.conf.cmd
	>echo "#define MADE_FOR \"$(ARCH)\"" >include/generated/made_for.h
	EOF
	touch "$t/Kconfig"
	echo 'obj-y += drivers/' >"$t/Kbuild"
	echo '# Linux/x86 6.1.99 Kernel Configuration' >"$t/.config"
	touch "$t/include/generated/autoconf.h" \
		"$t/include/generated/utsrelease.h" \
		"$t/include/generated/asm-offsets.h" \
		"$t/include/config/auto.conf"
	cat >"$t/include/linux/dma.h" <<-'EOF'
	typedef unsigned long long dma_addr_t;
	struct device;
	void *dma_alloc_coherent(struct device *, unsigned long, dma_addr_t *,
				 unsigned);
	void dma_free_coherent(struct device *, unsigned long, void *,
			       dma_addr_t);
	int start(struct device *);
	EOF
	cat >"$t/drivers/shared.h" <<-'EOF'
	static inline int header_leak(struct device *dev)
	{
		dma_addr_t dma;
		void *cpu = dma_alloc_coherent(dev, 64, &dma, 0xcc0);

		if (!cpu)
			return -12;
		if (start(dev) < 0)
			return -5;
		dma_free_coherent(dev, 64, cpu, dma);
		return 0;
	}
	EOF
	cat >"$t/drivers/leak.c" <<-'EOF'
	#include <linux/dma.h>
	#include "../drivers/shared.h"
	#ifndef NAME
	#error the quotes of -DNAME were lost
	#endif
	#ifndef ASKED
	#error make did not ask the compiler for its options
	#endif
	int leak_probe(struct device *dev);
	int leak_probe(struct device *dev)
	{
		dma_addr_t dma;
		void *cpu = dma_alloc_coherent(dev, 128, &dma, 0xcc0);
		int ret;

		if (!cpu)
			return -12;
		ret = start(dev);
		if (ret < 0)
			return ret;
		dma_free_coherent(dev, 128, cpu, dma);
		return 0;
	}
	int leak_other(struct device *dev);
	int leak_other(struct device *dev)
	{
		return header_leak(dev);
	}
	EOF
	sed 's/leak_/deep_/' "$t/drivers/leak.c" >"$t/drivers/deep/leak2.c"
	sed 's/leak_/unbuilt_/' "$t/drivers/leak.c" >"$t/drivers/unbuilt.c"
	echo '#define SHIPPED 0' >"$t/drivers/gen.h_shipped"
	cat >"$t/drivers/clean.c" <<-'EOF'
	#include <linux/dma.h>
	#include "gen.h"
	int clean(struct device *dev, void *cpu, dma_addr_t dma);
	int clean(struct device *dev, void *cpu, dma_addr_t dma)
	{
		dma_free_coherent(dev, 128, cpu, dma);
		return SHIPPED;
	}
	EOF
	echo 'int nothing(void); int nothing(void) { return 0; }' \
		>"$t/drivers/no_dma.c"
}

# What a tree holds, times included.
tree_state() # DIR
{
	find "$1" -printf '%P %s %T@ %y\n' | sort
}

audit() # ARGUMENT...: quietly, of the tree $tree into the database $db
{
	run "$DMACHECK" audit --tree "$tree" --db "$db" "$@"
}

# add_module TREE: a module of three files. Only one calls the API; main.c calls
# it through a wrapper and forgets it on an error; far.c has nothing to do with
# it.
add_module()
{
	mkdir -p "$1/drivers/mod"
	cat >"$1/drivers/mod/ring.h" <<-'EOF'
	#include <linux/dma.h>
	struct ring {
		struct device *dev;
		void *desc;
		dma_addr_t dma;
	};
	int ring_get(struct ring *ring);
	void ring_put(struct ring *ring);
	int far(struct ring *ring);
	EOF
	cat >"$1/drivers/mod/ring.c" <<-'EOF'
	#include "ring.h"
	int ring_get(struct ring *ring)
	{
		ring->desc = dma_alloc_coherent(ring->dev, 64, &ring->dma,
						0xcc0);
		return ring->desc ? 0 : -12;
	}
	void ring_put(struct ring *ring)
	{
		dma_free_coherent(ring->dev, 64, ring->desc, ring->dma);
	}
	EOF
	cat >"$1/drivers/mod/main.c" <<-'EOF'
	#include "ring.h"
	int mod_open(struct ring *ring);
	int mod_open(struct ring *ring)
	{
		struct ring local = { .dev = ring->dev };
		int err = ring_get(&local);

		if (err)
			return err;
		if (far(ring))
			return -5;
		ring_put(&local);
		return 0;
	}
	EOF
	cat >"$1/drivers/mod/far.c" <<-'EOF'
	#include "ring.h"
	int far(struct ring *ring)
	{
		return start(ring->dev);
	}
	EOF
}
