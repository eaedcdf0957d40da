#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The event form of tests/gcc/lower/sample.c, function by function, is what
# sample.event says: one test a function. After a change that is meant,
#
#	tests/gcc/plugin_lower.sh --update
#
# writes it anew, for "git diff" to show.
set -u
. tests/gcc/plugin_lib.sh
sample=tests/gcc/lower/sample

"$CC" -O2 -S -o /dev/null "$sample.c" -fplugin="$plugin" \
	-fplugin-arg-dmacheck-quiet -fplugin-arg-dmacheck-dump \
	2>"$dir/event" || { cat "$dir/event"; exit 2; }
[ "${1-}" != --update ] || { cp "$dir/event" "$sample.event"; exit; }

# part NAME <FILE: one function, or what is before the first
part()
{
	awk -v name="$1" '
	BEGIN { on = name == "head" }
	$1 == "function" { on = $2 == name }
	on' | sed '/^$/d'
}

for name in head $(awk '$1 == "function" { print $2 }' "$dir/event" \
			"$sample.event" | sort -u); do
	part "$name" <"$sample.event" >"$dir/want"
	part "$name" <"$dir/event" >"$dir/got"
	diff -U1 "$dir/want" "$dir/got" >"$dir/err"
	verdict "lower-$name" "another event form" test ! -s "$dir/err"
done
exit $failed
