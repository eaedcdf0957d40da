#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs all tests, at most two suites at a time, and counts them.
#
# usage: tests/run.sh [--full] [NAME...]
#
#	--full		the suites that take long too: *_full.sh
#	NAME		only suites whose name contains one of these
#
# A suite is an executable that prints a line "ok NAME" or "not ok NAME: why"
# for each test: the unit tests in build/tests/unit, and every executable
# script tests/*.sh, tests/*/*.sh, corpus/run.sh. A script that is only read
# by others is not executable. A suite is started in the top folder, without
# arguments, and finds in its environment
#
#	DMACHECK	the command
#	DMACHECK_SO	the plugin
#	DMACHECK_TREE	a prepared kernel tree
#	CC		the compiler the plugin was built for
#	TMPDIR		a folder of its own, removed when it ends
#
# A suite that prints neither line has failed, and so has one that ends with
# an exit status other than 0 and no "not ok". Last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$PWD
out=$top/build/test-out
jobs=2
full=
[ "${1-}" = --full ] && { full=1; shift; }

# Names of the suites, the ones known to take longest first.
suites()
{
	local f

	for f in tests/gcc/run.sh corpus/run.sh tests/*/*.sh tests/*.sh \
		 build/tests/unit/test_*; do
		[ -f "$f" ] && [ -x "$f" ] || continue
		case $f in
		tests/run.sh | tests/bench*.sh | *.d) continue ;;
		*_full.sh) [ -n "$full" ] || continue ;;
		esac
		wanted "$f" "${@}" && echo "$f"
	done | awk '!seen[$0]++'
}

wanted()
{
	local f=$1 name

	shift
	[ $# -gt 0 ] || return 0
	for name; do
		[[ $f == *"$name"* ]] && return 0
	done
	return 1
}

# Runs suite $1 as number $2.
run_suite()
{
	local base=$out/$2 begin=$EPOCHREALTIME tree=

	[ "$1" != tests/rules_not_in_drivers.sh ] || tree=$DMACHECK_TREE
	mkdir -p "$base.tmp"
	TMPDIR=$base.tmp CMOCKA_MESSAGE_OUTPUT=TAP "./$1" ${tree:+"$tree"} \
		>"$base.log" 2>&1 </dev/null 9>&-
	echo $? >"$base.status"
	rm -rf "$base.tmp"
	awk -v a="$begin" -v b="$EPOCHREALTIME" \
		'BEGIN { printf "%.1f\n", b - a }' >"$base.time"
}

# Counts suite $1, number $2, into $passed and $failed; shows what failed.
report_suite()
{
	local base=$out/$2 ok bad skip status note=

	status=$(cat "$base.status" 2>/dev/null || echo killed)
	ok=$(grep -c '^ok ' "$base.log")
	bad=$(grep -c '^not ok ' "$base.log")
	skip=$(grep -ci '^ok .*# skip' "$base.log")
	if [ "$bad" = 0 ] && [ "$status" != 0 ]; then
		bad=1
		note=" (exit status $status)"
	elif [ "$ok" = 0 ] && [ "$bad" = 0 ]; then
		bad=1
		note=" (it printed no result)"
	fi
	[ "$skip" = 0 ] || note=" ($skip of them skipped)"
	printf '%-32s %4d passed, %d failed, %s s%s\n' "$1" "$ok" "$bad" \
		"$(cat "$base.time" 2>/dev/null)" "$note"
	if [ "$bad" != 0 ]; then
		grep -v '^ok ' "$base.log" | head -n 200 | sed 's/^/    /'
		echo "    all of it: $base.log"
	fi
	passed=$((passed + ok))
	failed=$((failed + bad))
}

# Reports suites in their order as soon as they have ended.
report_ended()
{
	while [ "$shown" -lt "$1" ] && [ -e "$out/$shown.time" ]; do
		report_suite "${list[shown]}" "$shown"
		shown=$((shown + 1))
	done
}

mapfile -t list < <(suites "$@")
[ ${#list[@]} -gt 0 ] || { echo "tests: no suite is called $*" >&2; exit 2; }
mkdir -p build
exec 9>build/test.lock
flock -n 9 || { echo "tests: waiting for another run" >&2; flock 9; }
rm -rf "$out"
mkdir -p "$out"
export DMACHECK=$top/build/dmacheck DMACHECK_SO=$top/build/dmacheck.so
export CC=${CC:-gcc} LC_ALL=C.UTF-8
# A make started by a test is not part of the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
DMACHECK_TREE=${DMACHECK_TREE-$(tool/kernel.sh)} ||
	echo "tests: no kernel tree, the tests that need one will fail" >&2
export DMACHECK_TREE

passed=0 failed=0 shown=0 running=0
for i in "${!list[@]}"; do
	if [ "$running" -ge "$jobs" ]; then
		wait -n
		running=$((running - 1))
		report_ended "$i"
	fi
	run_suite "${list[i]}" "$i" &
	running=$((running + 1))
done
wait
report_ended ${#list[@]}
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
