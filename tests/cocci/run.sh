#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The semantic patches of cocci/: what each prints in each of the four modes of
# the kernel's coccicheck, on a C file of its own.
#
# usage: tests/cocci/run.sh [--update] [NAME...]
#
#	--update	writes the expected output anew
#	NAME		only these semantic patches
#
# NAME.c is what cocci/NAME.cocci reads, NAME.expected what it prints. What a
# report has to say stands in the names of the functions: one that ends in _bad
# is reported, one that ends in _ok is not; FN_ before it is a known miss, FP_ a
# known false report.
set -u
cd "$(dirname "$0")" || exit 2
update=
[ "${1-}" = --update ] && { update=1; shift; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
modes="report org context patch"

# all_modes NAME: what the semantic patch prints, called as coccicheck does it
all_modes()
{
	local mode flags options

	options=$(sed -n 's,^// Options:,,p' "../../cocci/$1.cocci")
	for mode in $modes; do
		flags=--very-quiet
		case $mode in report | org) flags+=" --no-show-diff" ;; esac
		echo "== $mode"
		# shellcheck disable=SC2086 # lists of words
		spatch -D $mode $flags --cocci-file "../../cocci/$1.cocci" \
			$options "$1.c" </dev/null 2>&1 ||
			echo "spatch ended with status $?"
	done | sed -e "s,^+++ .*,+++ $1.c,; s/^\* T[O]DO /* /; s/ *\$//"
}

# verdicts NAME: functions of NAME.c of which the report is not what their
# names say
verdicts()
{
	awk -v name="$1" '
	FNR == NR {
		if ($0 == "== org")
			nextfile
		if (match($0, /\] [A-Za-z_0-9]+\(\): /)) {
			f = substr($0, RSTART + 2, RLENGTH - 6)
			reported[f] = 1
		}
		next
	}
	match($0, /[A-Za-z_0-9]+_(bad|ok)\(/) && !/^[ \t]/ {
		f = substr($0, RSTART, RLENGTH - 1)
		seen[f] = 1
		want = f ~ /_bad$/
		if (f ~ /^(FN|FP)_/)
			want = !want
		if (want != (f in reported))
			print name ".c: " f "() is " \
			      (want ? "not " : "") "reported"
	}
	END {
		for (f in reported)
			if (!(f in seen))
				print name ".c: " f "() is reported, " \
				      "but ends neither in _bad nor in _ok"
	}' "$tmp/$1" "$1.c"
}

names=("$@")
if [ ${#names[@]} = 0 ]; then
	for f in ../../cocci/*.cocci; do
		f=${f##*/}
		names+=("${f%.cocci}")
	done
fi

export -f all_modes
export modes tmp
printf '%s\n' "${names[@]}" |
	xargs -P 2 -I NAME bash -c 'all_modes NAME >"$tmp/NAME"'

for name in "${names[@]}"; do
	verdicts "$name" >"$tmp/verdicts" 2>&1
	if [ ! -f "$name.c" ]; then
		echo "not ok $name: tests/cocci/$name.c is missing"
	elif [ -s "$tmp/verdicts" ]; then
		echo "not ok $name: reports"
		cat "$tmp/verdicts"
	elif [ -n "$update" ]; then
		cp "$tmp/$name" "$name.expected"
	elif diff "$name.expected" "$tmp/$name" >"$tmp/diff" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name: say tests/cocci/run.sh --update $name"
		cat "$tmp/diff"
	fi
done
