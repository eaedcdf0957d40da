#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plugin in the kernel's own build: a module with one bug, built against
# Debian's kernel headers and against the prepared tree.
set -u
tree=${DMACHECK_TREE-}
headers=$(ls -d /lib/modules/*-amd64/build 2>/dev/null | sort -V | tail -n 1)
log=$TMPDIR/log

# build NAME HEADERS KCFLAGS TARGET: builds a copy of the module, always in the
# same folder, so that no path differs
build()
{
	rm -rf "$TMPDIR/m"
	cp -r tests/kbuild/module "$TMPDIR/m"
	make -C "$2" M="$TMPDIR/m" KCFLAGS="$3" "$4" >"$log" 2>&1
}

# result NAME CONDITION-STATUS WHY
result()
{
	if [ "$2" = 0 ]; then
		echo "ok $1"
	else
		echo "not ok $1: $3"
		grep -v '^make' "$log" | head -n 20
	fi
}

warns()
{
	grep -q 'warning: .*\[-Wdma-leak-error-path\]' "$log"
}

# Everything that make wrote is in the folder of the module.
in_headers() # NAME HEADERS TARGET
{
	# without the compiler's arguments in the debug information
	local quiet_dwarf=-gno-record-gcc-switches so

	so="$quiet_dwarf -fplugin=$DMACHECK_SO"
	build "$1" "$2" "$quiet_dwarf" "$3"
	result "$1: builds without the plugin" $? "make failed"
	cp "$TMPDIR/m/dmacheck_test.o" "$TMPDIR/plain.o" 2>/dev/null

	build "$1" "$2" "$so" "$3"
	result "$1: builds with the plugin" $? "make failed"
	warns
	result "$1: warns of the bug" $? "no warning"
	grep -q 'dmacheck_test.c:[0-9]*:[0-9]*: warning' "$log"
	result "$1: the warning names file, line and column" $? "it does not"
	cmp "$TMPDIR/plain.o" "$TMPDIR/m/dmacheck_test.o" >>"$log" 2>&1
	result "$1: the object is the same" $? "it differs"

	build "$1" "$2" "-Werror $so" "$3" && warns
	result "$1: -Werror leaves it a warning" $? "it does not"

	build "$1" "$2" "$so -fplugin-arg-dmacheck-quiet" "$3" && ! warns
	result "$1: quiet says nothing" $? "it does"

	build "$1" "$2" "$so -fplugin-arg-dmacheck-error" "$3"
	[ $? -ne 0 ] && grep -q 'error: .*dma-leak-error-path' "$log"
	result "$1: error makes it one" $? "it does not"

	build "$1" "$2" \
	      "$so -fplugin-arg-dmacheck-disable=dma-leak-error-path" "$3" &&
		! warns
	result "$1: disable= takes a rule out" $? "it does not"

	build "$1" "$2" "$so -fplugin-arg-dmacheck-nonsense=1" "$3"
	[ $? -ne 0 ] && grep -q 'nonsense' "$log"
	result "$1: an unknown argument is an error" $? "it is not"
}

# Not in the folder of the test alone: as -fplugin=dmacheck, installed.
installed() # HEADERS
{
	local dir

	dir=$($CC -print-file-name=plugin)
	make -s install DESTDIR="$TMPDIR/root" PREFIX=/usr >"$log" 2>&1
	result "make install" $? "failed"
	build installed "$1" "-iplugindir=$TMPDIR/root$dir -fplugin=dmacheck" \
		modules && warns
	result "-fplugin=dmacheck, installed" $? "no warning"
	"$TMPDIR/root/usr/bin/dmacheck" --version >"$log" 2>&1
	result "dmacheck, installed" $? "does not run"
	make -s uninstall DESTDIR="$TMPDIR/root" PREFIX=/usr >"$log" 2>&1 &&
		[ -z "$(find "$TMPDIR/root" ! -type d)" ]
	result "make uninstall leaves nothing" $? "it does"
}

if [ -n "$headers" ]; then
	in_headers "kernel headers" "$headers" modules
	installed "$headers"
else
	echo "not ok kernel headers: package linux-headers-amd64 is missing"
fi

if [ -e "$tree/.dmacheck-ready" ]; then
	touch "$TMPDIR/stamp"
	in_headers "prepared tree" "$tree" dmacheck_test.o
	find "$tree" -newer "$TMPDIR/stamp" -type f >"$log"
	[ ! -s "$log" ]
	result "prepared tree: nothing was written into it" $? "files are new"
else
	echo "not ok prepared tree: there is none"
fi
