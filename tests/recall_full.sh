#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Real bugs and look-alikes of the kernel, scored by a runner that is no part
# of this repository: $BENCH_RUN, or bench/run of the folder "shared" beside
# this one. The rows that x86 builds: at least 12 caught within one function,
# 10 within one file; at most 2 look-alikes false.
set -u
run=${BENCH_RUN:-../shared/bench/run}
out=build/bench-out

if [ ! -x "$run" ]; then
	echo "not ok recall: $run is not there, name it by BENCH_RUN"
	exit 1
fi
rm -rf $out
mkdir -p $out
if ! "$run" --cmd "${DMACHECK:-$PWD/build/dmacheck}" --out $out \
	    >$out/log 2>&1; then
	echo "not ok recall: the runner failed"
	tail -n 5 $out/log
	exit 1
fi
tail -n 1 $out/log

# caught SCOPE LIMIT: rows of the scope that x86 builds
caught()
{
	local n all

	read -r n all < <(awk -F '\t' -v scope="$1" '
		FILENAME ~ /bugs.tsv$/ {
			if (FNR == 1)
				for (i = 1; i <= NF; i++)
					column[$i] = i
			else if ($column["x86_allmodconfig"] == "y" ||
				 $column["difficulty"] ~ /6\.12 allmodconfig=y/)
				x86[$1] = 1
			next
		}
		$4 == scope && $1 in x86 { all++; n += $2 == "caught" }
		END { print n + 0, all + 0 }' \
		"$(dirname "$run")/bugs.tsv" $out/rows.tsv)
	if [ "$n" -ge "$2" ]; then
		echo "ok $n of $all rows of scope $1"
	else
		echo "not ok $n of $all rows of scope $1: at least $2"
	fi
}

caught intra 12
caught tu 10
false=$(sed -n 's/.*false on look-alikes \([0-9]*\)\/.*/\1/p' $out/log)
if [ "${false:-99}" -le 2 ]; then
	echo "ok $false look-alikes are false"
else
	echo "not ok $false look-alikes are false: at most 2"
	grep '^false:' $out/log
fi
