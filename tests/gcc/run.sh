#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compiles tests/gcc/*.c, or the files given, with the plugin and compares its
# findings with what each file says of itself (see verdict.awk). A file is
# named after the class of its rule, CLASS.c or CLASS.TOPIC.c. Prints "ok" or "not ok" a function; exit
# status 1 if anything is not ok.
#
#	CC		compiler, "gcc"
#	DMACHECK_PLUGIN	plugin; DMACHECK_SO otherwise, or build/dmacheck.so

set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
plugin=${DMACHECK_PLUGIN:-${DMACHECK_SO:-$top/build/dmacheck.so}}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

compile()
{
	${CC:-gcc} -std=gnu11 -O2 -S -o /dev/null -I"$here/include" \
		-fdiagnostics-path-format=none -fdiagnostics-color=never \
		-fno-diagnostics-show-caret -fmessage-length=0 \
		-fplugin="$plugin" -fplugin-arg-dmacheck-level="$2" \
		"$1" 2>"$tmp/$2.txt" &&
	awk -f "$here/findings.awk" "$tmp/$2.txt" >"$tmp/$2"
}

[ $# -gt 0 ] || set -- "$here"/*.c
for source in "$@"; do
	name=$(basename "$source" .c)
	if ! compile "$source" medium || ! compile "$source" high; then
		echo "not ok $name: cannot be compiled:" \
		     "$(grep -m 1 'error' "$tmp"/*.txt)"
		continue
	fi
	# awk passes over empty files, so each gets a line
	echo "0 - -" >>"$tmp/medium"
	echo "0 - -" >>"$tmp/high"
	awk -v rule="dma-${name%%.*}" -v file="$name" -f "$here/verdict.awk" \
		"$tmp/medium" "$tmp/high" "$source"
done | tee "$tmp/all"

good=$(grep -c '^ok' "$tmp/all")
bad=$(grep -c '^not ok' "$tmp/all")
echo "# gcc: $good ok, $bad not ok"
[ "$bad" -eq 0 ] && [ "$good" -gt 0 ]
