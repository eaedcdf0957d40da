#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Object code, debug information included, is the same with and without the
# plugin, for whatever it is told.
set -u
. tests/gcc/plugin_lib.sh

same() # FILE FLAG...: compiled with and without
{
	local file=$1

	shift
	"$CC" -c -o "$dir/without.o" -Itests/gcc/include "$@" "$file" \
		2>/dev/null || return 1
	"$CC" -c -o "$dir/with.o" -Itests/gcc/include "$@" "$file" \
		-fplugin="$plugin" -fplugin-arg-dmacheck-level=low \
		-fplugin-arg-dmacheck-facts="$dir/facts.json" \
		2>"$dir/err" || return 1
	cmp -s "$dir/without.o" "$dir/with.o"
}

for file in tests/gcc/*.c; do
	verdict "object-$(basename "$file")" "it differs" same "$file" -O2
	verdict "debug-$(basename "$file")" "it differs" same "$file" -O1 -g
done
exit $failed
