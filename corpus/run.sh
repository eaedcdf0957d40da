#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compiles each pair of corpus/CLASS/CASE, or those given, with the plugin.
# The first line of a README says what bug.c must give,
#
#	expect: CLASS[|CLASS...] CONFIDENCE FUNCTION[|FUNCTION...]
#
# a finding of such a class, at least that confident, in such a function. With
# "miss:" in place of "expect:" it is a known miss, to be changed when mended.
# fixed.c gives nothing of confidence high or medium. Prints "ok" or "not ok"
# a pair; exit status 1 if anything is not ok.
#
#	CC		compiler, "gcc"
#	DMACHECK_PLUGIN	plugin; DMACHECK_SO otherwise, or build/dmacheck.so

set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/.." && pwd)
gcc=$top/tests/gcc
plugin=${DMACHECK_PLUGIN:-${DMACHECK_SO:-$top/build/dmacheck.so}}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# findings SOURCE LEVEL: prints line, function and rule of each
findings()
{
	${CC:-gcc} -std=gnu11 -O2 -S -o /dev/null -I"$gcc/include" \
		-fdiagnostics-path-format=none -fdiagnostics-color=never \
		-fno-diagnostics-show-caret -fmessage-length=0 \
		-fplugin="$plugin" -fplugin-arg-dmacheck-level="$2" \
		"$1" 2>"$tmp/stderr" || return 1
	awk -f "$gcc/findings.awk" "$tmp/stderr"
}

# pair DIRECTORY: prints what is wrong with it, nothing if nothing is
pair()
{
	local word class confidence functions hit=no

	read -r word class confidence functions <"$1/README"
	if [ -z "$functions" ]; then
		echo "README does not begin with what is expected"
	elif ! findings "$1/bug.c" "$confidence" >"$tmp/bug" ||
	     ! findings "$1/fixed.c" medium >"$tmp/fixed"; then
		echo "cannot be compiled: $(grep -m 1 error "$tmp/stderr")"
	elif [ -s "$tmp/fixed" ]; then
		echo "fixed.c:" $(tr '\n' ';' <"$tmp/fixed")
	else
		grep -qE " ($functions) dma-($class)$" "$tmp/bug" && hit=yes
		case $word$hit in
		expect:yes | miss:no) ;;
		expect:no)
			echo "bug.c: no $class of confidence $confidence in" \
			     "$functions;" $(tr '\n' ';' <"$tmp/bug") ;;
		miss:yes)
			echo "is no miss any more, README should expect it" ;;
		*)
			echo "README begins with $word" ;;
		esac
	fi
}

[ $# -gt 0 ] || set -- "$here"/*/*/
for dir in "$@"; do
	dir=${dir%/}
	name=$(basename "$(dirname "$dir")")/$(basename "$dir")
	why=$(pair "$dir")
	if [ -z "$why" ]; then
		echo "ok $name"
	else
		echo "not ok $name: $why"
	fi
done | tee "$tmp/all"

good=$(grep -c '^ok' "$tmp/all")
bad=$(grep -c '^not ok' "$tmp/all")
echo "# corpus: $good ok, $bad not ok"
[ "$bad" -eq 0 ] && [ "$good" -gt 0 ]
