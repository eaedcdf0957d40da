#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Event-form programs: tests/fn/*.event say in comments what is to be found,
#
#	# expect: CLASS CONFIDENCE PLACE
#
# one line a finding, in any order. A program without such a line is one on
# which dmacheck has to be silent. With "miss:" in place of "expect:" it is a
# known miss, to be changed when mended.
set -u
want=$TMPDIR/want
miss=$TMPDIR/miss
got=$TMPDIR/got

for f in tests/fn/*.event; do
	sed -n 's/^[ \t]*# expect: *//p' "$f" | sort >"$want"
	sed -n 's/^[ \t]*# miss: *//p' "$f" | sort >"$miss"
	"$DMACHECK" check "$f" >"$TMPDIR/out" 2>"$TMPDIR/err"
	status=$?
	sed 's/^[^ ]*: //' "$TMPDIR/out" | sort >"$got"
	if [ $status -gt 1 ]; then
		echo "not ok $f: $(head -n 1 "$TMPDIR/err")"
	elif [ -n "$(comm -12 "$miss" "$got")" ]; then
		echo "not ok $f: is no miss any more, it should expect it"
	elif ! cmp -s "$want" "$got"; then
		echo "not ok $f: expected (-) and found (+)"
		diff -U0 "$want" "$got" | grep '^[-+][^-+]'
	elif [ $status != $(($(wc -l <"$want") > 0)) ]; then
		echo "not ok $f: exit status $status"
	else
		echo "ok $f"
	fi
done
