#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plugin in a cross compiler of 32 bits: it finds in tests/gcc and corpus
# what it finds in this machine's. Installs the compiler (50 MB).
set -u
arch=arm
compiler=$(awk -v a=$arch '$1 == a { print $4 }' tool/arches.txt)

if make -s ARCHES=$arch setup >"$TMPDIR/log" 2>&1 &&
   make -s ARCHES=$arch all >>"$TMPDIR/log" 2>&1; then
	echo "ok the plugin for $compiler is built"
else
	echo "not ok the plugin for $compiler is built"
	tail -n 20 "$TMPDIR/log"
	exit 1
fi
export CC=$compiler-gcc DMACHECK_SO=$PWD/build/$compiler/dmacheck.so
for suite in tests/gcc/run.sh corpus/run.sh; do
	./$suite >"$TMPDIR/out"
	sed -n "s/^\(not \)\{0,1\}ok/& $arch/p" "$TMPDIR/out"
done
