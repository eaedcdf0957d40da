#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Links the files of each folder tests/link/CASE, or those given, as one whole
# module and compares the findings with the file "expected": class, confidence
# and place of each. The files are given in either order.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
plugin=${DMACHECK_SO:-$top/build/dmacheck.so}
dmacheck=${DMACHECK:-$top/build/dmacheck}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# collect DIR: the facts of its files in $tmp/facts
collect()
{
	local c

	rm -rf "$tmp/facts" && mkdir "$tmp/facts"
	for c in "$1"/*.c; do
		${CC:-gcc} -std=gnu11 -O2 -S -o /dev/null \
			-I"$top/tests/gcc/include" -fplugin="$plugin" \
			-fplugin-arg-dmacheck-collect \
			-fplugin-arg-dmacheck-facts="$tmp/facts/${c##*/}.jsonl" \
			"$c" || return 1
	done
}

# found FACTS...: class, confidence and place of each finding
found()
{
	"$dmacheck" link --whole "$@" >"$tmp/out"
	[ $? -le 1 ] && cut -d' ' -f2- "$tmp/out" | sort
}

[ $# -gt 0 ] || set -- "$here"/*/
for dir; do
	name=$(basename "$dir")
	if ! collect "$dir" || ! found "$tmp"/facts/*.jsonl >"$tmp/forth"; then
		echo "not ok $name: cannot be linked"
		continue
	fi
	found $(printf '%s\n' "$tmp"/facts/*.jsonl | sort -r) >"$tmp/back"
	if ! diff "$dir/expected" "$tmp/forth" >"$tmp/diff"; then
		echo "not ok $name: $(tr '\n' ';' <"$tmp/diff")"
	elif ! cmp -s "$tmp/forth" "$tmp/back"; then
		echo "not ok $name: the order of the files matters"
	elif grep -q '`' "$tmp/out"; then
		echo "not ok $name: a mark of a renamed function is shown"
	else
		echo "ok $name"
	fi
done
