#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the semantic patches cost over a kernel tree, extrapolated from a
# sample: a section of "make bench".
#
# usage: tests/bench_cocci.sh TREE FOLDER
#
#	EVERY		one file of so many, 40; 1: all of them
#	LIMIT		seconds of CPU for all of them over the tree, 1440: 12
#			minutes of two cores
#
# The sample: of the C files in which a function of the DMA API is called, sorted
# by name, every 40th. The semantic patches read them one after the other; what
# was parsed is kept in FOLDER for the next, so that the first to read a file
# pays for that. CPU is user and system time; that of a run without files is not
# extrapolated. What is extrapolated is by the size of the files.
#
# Exit status 1 if the limit is exceeded.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$PWD
tree=$1
out=$2/cocci
every=${EVERY:-40}
limit=${LIMIT:-1440}
calls='\<(dmam?_(alloc|free|map|unmap|pool|sync|set)_[a-z_]*|dma_mapping_error|'
calls+='dma_set_mask|skb_frag_dma_map|usb_(alloc|free)_coherent|'
calls+='ib_dma_[a-z_]*|pci_(un)?map_(single|page|sg)|'
calls+='pci_[a-z]*_consistent)\('

# Adds the cost of semantic patch $1 over the files in $2 to the file $3.
cost()
{
	local options

	options=$(sed -n 's,^// Options:,,p' "$1")
	# shellcheck disable=SC2086 # a list of words
	(cd "$tree" && "$top/build/tests/rusage" "$3" spatch -D report \
		--quiet --no-show-diff $options --no-scanner \
		--cache-prefix "$out/parsed" --cocci-file "$1" \
		--file-groups "$2") >"$out/log" 2>&1 </dev/null && return
	echo "bench: ${1##*/} failed:" >&2
	tail -n 3 "$out/log" >&2
	exit 2
}

rm -rf "$out"
mkdir -p "$out/parsed"
(cd "$tree" && grep -rlE --include='*.c' "$calls" \
	drivers sound net block fs arch | LC_ALL=C sort) >"$out/files"
awk -v every="$every" 'NR % every == every - 1 || every == 1' "$out/files" \
	>"$out/sample"
sed G "$out/sample" >"$out/groups"
printf '/* no call */\n' >"$out/none.c"
echo "$out/none.c" >"$out/none"
scale=$(cd "$tree" && awk -v all="$(xargs cat <"$out/files" | wc -c)" \
	-v part="$(xargs cat <"$out/sample" | wc -c)" \
	'BEGIN { print all / part }')
for f in cocci/*.cocci; do
	name=${f##*/}
	name=${name%.cocci}
	cost "$top/$f" "$out/none" "$out/start"
	cost "$top/$f" "$out/groups" "$out/cost"
	paste -d ' ' "$out/cost" "$out/start" | tail -n 1 |
		awk -v name="$name" -v scale="$scale" '{
			more = $1 > $4 ? $1 - $4 : 0
			print name, $1, more * scale + $4
		}' >>"$out/all"
done
rm -rf "$out/parsed"

echo "$(wc -l <"$out/sample") files of $(wc -l <"$out/files"), by size one of $scale"
printf '%-46s %9s %9s\n' '' 'CPU, s' 'tree, s'
sort -k 3 -g -r "$out/all" | while read -r name cpu whole; do
	printf '%-46s %9.2f %9.0f\n' "$name" "$cpu" "$whole"
done
awk -v limit="$limit" '
{ cpu += $2; whole += $3 }
END {
	printf "%-46s %9.2f %9.0f  at most %d s: %s\n",
	       "all semantic patches", cpu, whole, limit,
	       whole <= limit ? "PASS" : "FAIL"
	exit whole > limit
}' "$out/all"
