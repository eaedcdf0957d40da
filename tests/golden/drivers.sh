#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Real drivers: the files in drivers.list, of one version of Debian's kernel
# source, give the findings in drivers.tsv, each of which somebody has read.
#
# usage: tests/golden/drivers.sh [--update]
#
#	--update	writes drivers.tsv anew; what was found before keeps its
#			verdict, what is new is "unread", and fails the test
#
# Columns of drivers.tsv: verdict (true, false, unsure), confidence, class,
# file, function, place, reason. Lines are not in it: a finding is the same
# wherever it stands in its function.
set -u
cd "$(dirname "$0")/../.." || exit 2
version=6.1.192-2
list=tests/golden/drivers.list
golden=tests/golden/drivers.tsv
command=${DMACHECK:-build/dmacheck}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C

tree=$(tool/kernel.sh $version) || {
	echo "not ok drivers: there is no kernel $version"
	exit 1
}
mapfile -t files < <(grep -v '^#' $list)
DMACHECK_CACHE=$tmp/cache "$command" audit --alone --tree "$tree" \
	--db "$tmp/db" "${files[@]}" >"$tmp/out" 2>"$tmp/err"
status=$?
if [ $status -gt 1 ]; then
	echo "not ok drivers: the audit ends with $status"
	cat "$tmp/err"
	exit 1
fi
echo "ok ${#files[@]} drivers are audited"

python3 - "$tmp/db" "$command" >"$tmp/found" <<'EOF' || exit 1
import csv, subprocess, sys

text = subprocess.run([sys.argv[2], "report", "--db", sys.argv[1],
                       "--format", "csv"], stdout=subprocess.PIPE,
                      text=True).stdout
rows = {"\t".join(r[k] for k in ("confidence", "class", "file", "function",
                                 "place"))
        for r in csv.DictReader(text.splitlines())}
print("\n".join(sorted(rows)))
EOF

if [ "${1-}" = --update ]; then
	touch $golden
	awk -F '\t' -v OFS='\t' -v golden=$golden '
		FILENAME == golden {
			key = $2 OFS $3 OFS $4 OFS $5 OFS $6
			verdict[key] = $1
			reason[key] = $7
			next
		}
		NF {
			print ($0 in verdict ? verdict[$0] : "unread"), $0,
				($0 in verdict ? reason[$0] : "")
		}' $golden "$tmp/found" >"$tmp/new"
	mv "$tmp/new" $golden
	exit
fi

cut -f 2-6 $golden | sort >"$tmp/golden"
if diff "$tmp/golden" "$tmp/found" >"$tmp/diff"; then
	echo "ok drivers give the findings of $golden"
else
	echo "not ok drivers give other findings than $golden (<): read them," \
	     "say tests/golden/drivers.sh --update"
	grep '^[<>]' "$tmp/diff"
fi
if grep -vE $'^(true|false|unsure)\t.*\t[^\t]+$' $golden >"$tmp/unread"; then
	echo "not ok every finding has a verdict and a reason:"
	cat "$tmp/unread"
else
	echo "ok every finding has a verdict and a reason"
fi
