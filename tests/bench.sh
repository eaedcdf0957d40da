#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What dmacheck costs, on 30 units of the kernel tree: "make bench".
#
# usage: tests/bench.sh [--full]
#
#	--full		and a whole audit from nothing, and a second one at once
#	REPEAT		compiles of each kind and unit, 3
#
# The units: the C files that call an acquire function of the DMA API, sorted
# by name, cut into 30 equal parts; of each part the first file that this
# configuration builds into a module. Their compile lines are the tree's own.
# Each unit is compiled in turn as
#
#	syntax		gcc -fsyntax-only
#	audit		as dmacheck audit does it: plugin, stop, facts file
#	plain		the full compile
#	plugin		the full compile with the plugin
#
# so that noise falls on all alike; a unit's figure is the median of REPEAT.
# syntax and audit are without sanitizers, as an audit strips them; plain and
# plugin have the line as it is. CPU is that of compiler and assembler. Then the
# semantic patches, see tests/bench_cocci.sh.
#
# Exit status 1 if a limit is exceeded.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$PWD
out=$top/build/bench
repeat=${REPEAT:-3}
parts=30
so=$top/build/dmacheck.so
calls='\<(dmam?_(alloc|map|pool_z?alloc)[a-z_]*|skb_frag_dma_map|'
calls+='usb_alloc_coherent|scsi_dma_map|ib_dma_map[a-z_]*|'
calls+='snd_dma_alloc[a-z_]*)\('

# Prints "PART FILE" for every file that calls one, in order.
candidates()
{
	(cd "$tree" && grep -rlE --include='*.c' "$calls" \
		drivers sound net fs block crypto) | LC_ALL=C sort |
		awk -v parts=$parts '
		{ file[NR] = $0 }
		END {
			for (i = 1; i <= NR; i++)
				print int((i - 1) * parts / NR), file[i]
		}'
}

# Prints "FILE<tab>compile line" for the files given on standard input, less
# those that no module has: make compiles them too when they are named.
compile_lines()
{
	local objects

	mapfile -t objects < <(sed 's/\.c$/.o/')
	make -s -n -k V=1 -C "$tree" TMPOUT="$out/tmp" may-sync-config= \
		"${objects[@]}" 2>/dev/null |
		sed -nE 's/^.*; (gcc .* -c -o [^ ;]+\.o ([^ ;]+\.c)) *(;.*)?$/\2\t\1/p
			 s/^ *(gcc .* -c -o [^ ;]+\.o ([^ ;]+\.c)) *$/\2\t\1/p' |
		awk -F '\t' '/ -DMODULE / && !seen[$1]++'
}

# The line in $1 without what an audit strips, and without its output.
bare()
{
	sed -E "s/ -W[pa],-MM?D,[^ ]+//g; s/ -c -o [^ ]+ / /
		s/ -f(sanitize|asan|no-sanitize)[^ ]*//g
		s/ --param asan-[^ ]+//g" <<<"$1"
}

# Leaves in units: lines "FILE<tab>compile line", one a part.
choose()
{
	local n file line done_part=-1

	candidates >"$out/candidates"
	cut -d ' ' -f 2 "$out/candidates" | compile_lines >"$out/lines"
	while read -r n file; do
		[ "$n" != "$done_part" ] || continue
		line=$(grep -F "$file	" "$out/lines" | cut -f 2)
		[ -n "$line" ] || continue
		(cd "$tree" && eval "$(bare "$line") -fsyntax-only") \
			>/dev/null 2>&1 || continue
		printf '%s\t%s\n' "$file" "$line"
		done_part=$n
	done <"$out/candidates"
}

# Compiles unit $2 as $1 with line $3; appends the cost to its file.
cost()
{
	local kind=$1 unit=$2 line=$3 facts=$out/$2.facts

	case $kind in
	syntax) line="$(bare "$line") -fsyntax-only" ;;
	audit)
		rm -f "$facts"
		line="$(bare "$line") -S -o /dev/null -fplugin=$so
			-fplugin-arg-dmacheck-stop
			-fplugin-arg-dmacheck-quiet
			-fplugin-arg-dmacheck-facts=$facts" ;;
	plugin) line+=" -fplugin=$so" ;;
	esac
	line=$(sed -E "s, -Wp\,-MM?D\,[^ ]+,,
		s, -c -o [^ ]+ , -c -o $out/unit.o ," <<<"$line" | tr '\n' ' ')
	# what runs away shall not take the machine with it
	(ulimit -v 8000000; cd "$tree" &&
	 eval "$top/build/tests/rusage $out/$unit.$kind $line") \
		>"$out/log" 2>&1 &&
		{ [ $kind != audit ] || [ -s "$facts" ]; } && return
	echo "bench: $kind of $(sed -n "${unit}p" "$out/units" | cut -f 1)" \
		"failed:" >&2
	head -n 5 "$out/log" >&2
	exit 2
}

# Column $2 of the costs of kind $1: a line a unit, the median of the repeats.
medians()
{
	local u

	for ((u = 1; u <= count; u++)); do
		cut -d ' ' -f "$2" "$out/$u.$1" | sort -g |
			awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
	done
}

# Ratios of kind $1 to kind $2 in column $3, a line a unit.
ratios()
{
	paste <(medians "$1" "$3") <(medians "$2" "$3") |
		awk '{ printf "%.4f\n", $1 / $2 }'
}

# CPU seconds of the analysis of each unit, as its facts say.
analysis()
{
	local u

	for ((u = 1; u <= count; u++)); do
		grep -oE '"seconds": *[0-9.eE+-]+' "$out/$u.facts" |
			awk -F : '{ s += $2 } END { printf "%.4f\n", s }'
	done
}

failed=0
# verdict NAME "VALUE[ FILE]" LIMIT [UNIT]
verdict()
{
	local word value=${2%% *} file=

	[[ $2 != *' '* ]] || file=${2#* }
	word=$(awk -v v="$value" -v l="$3" \
		'BEGIN { print v != "" && v + 0 <= l ? "PASS" : "FAIL" }')
	[ $word = PASS ] || failed=1
	printf '%-46s %9s %9s %-2s %s  %s\n' "$1" "$value" "$3" "${4-}" \
		$word "$file"
}

total() { awk '{ s += $1 } END { printf "%.3f\n", s }'; }
# The greatest of a line a unit, and which unit it is.
worst() { paste -d ' ' - <(cut -f 1 "$out/units") | sort -g | tail -n 1; }
middle() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

bench_units()
{
	local u r kind file line

	choose >"$out/units"
	count=$(wc -l <"$out/units")
	[ "$count" = $parts ] || {
		echo "bench: $count units instead of $parts" >&2
		exit 2
	}
	u=0
	while IFS=$'\t' read -r file line; do
		u=$((u + 1))
		[ ! -t 2 ] || printf '\r%d/%d' $u $parts >&2
		cost plain $u "$line"	# fills the page cache
		rm "$out/$u.plain"
		for ((r = 0; r < repeat; r++)); do
			for kind in syntax audit plain plugin; do
				cost $kind $u "$line"
			done
		done
	done <"$out/units"
	[ ! -t 2 ] || printf '\r' >&2
}

report_units()
{
	local s a

	s=$(medians syntax 1 | total)
	a=$(medians audit 1 | total)
	echo "$parts units of $(basename "$tree"), median of $repeat"
	printf 'mean CPU of a unit: syntax %.3f s, audit %.3f s, plain %.3f s, with the plugin %.3f s\n' \
		"$(awk "BEGIN { print $s / $parts }")" \
		"$(awk "BEGIN { print $a / $parts }")" \
		"$(awk "BEGIN { print $(medians plain 1 | total) / $parts }")" \
		"$(awk "BEGIN { print $(medians plugin 1 | total) / $parts }")"
	printf '%-46s %9s %9s\n' '' measured 'at most'
	verdict 'CPU, audit / gcc -fsyntax-only' \
		"$(awk "BEGIN { printf \"%.3f\", $a / $s }")" 1.3
	verdict 'CPU, compile with / without plugin, median' \
		"$(ratios plugin plain 1 | middle)" 1.05
	verdict 'CPU of the analysis, worst unit' "$(analysis | worst)" 3 s
	verdict 'memory, compile with / without plugin, worst' \
		"$(ratios plugin plain 2 | worst)" 1.2
	verdict 'memory, audit / compile without, worst' \
		"$(ratios audit plain 2 | worst)" 1.2
}

bench_full()
{
	local file=$out/full kind

	rm -rf "$out/cache" "$file".* "$out"/full.db*
	for kind in first second; do
		XDG_CACHE_HOME=$out/cache build/tests/rusage "$file.$kind" \
			build/dmacheck audit --tree "$tree" \
			--db "$out/full.db" >"$out/log"
		[ $? -lt 2 ] || echo "bench: the $kind audit failed" >&2
		[ $kind = second ] || build/tests/rusage "$file.report" \
			build/dmacheck report --db "$out/full.db" \
			--format csv >"$out/full.csv"
	done
	verdict 'a whole audit and its report' \
		"$(cat "$file.first" "$file.report" | cut -d ' ' -f 3 | total)" \
		480 s
	verdict 'the same at once again' \
		"$(cut -d ' ' -f 3 "$file.second")" 3 s
}

tree=$(tool/kernel.sh) || exit 2
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
export LC_ALL=C
rm -rf "$out"
mkdir -p "$out"
bench_units
report_units
tests/bench_cocci.sh "$tree" "$out" || failed=1
[ "${1-}" != --full ] || bench_full
exit $failed
