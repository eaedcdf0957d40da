#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reports: one model, many formats; and what is known of findings.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
audit
check "the audit" [ $status = 1 ]

report() # ARGUMENT...
{
	"$DMACHECK" report --db "$db" "$@"
}

# In python3: stdin is the report, d what it holds.
holds() # FORMAT EXPRESSION
{
	report --format "$1" | python3 -c "
import csv, io, json, sys
text = sys.stdin.read()
d = list(csv.DictReader(io.StringIO(text))) if '$1' == 'csv' else json.loads(text)
sys.exit(0 if ($2) else 1)"
}

columns="rule class confidence place file files line function functions
fingerprint acquire_function root_cause message"
for c in $columns; do
	check "CSV column $c" holds csv "all('$c' in r for r in d)"
done
check "CSV: one line a finding" holds csv "len(d) == 3"
check "CSV: paths are those of the tree" holds csv \
	"{r['file'] for r in d} == {'drivers/leak.c', 'drivers/deep/leak2.c', 'drivers/shared.h'}"
check "CSV: the path's functions" holds csv \
	"all(r['function'] in r['functions'].split(';') for r in d)"
check "CSV: a root cause is class, file, function, place" holds csv \
	"all(r['root_cause'] == ':'.join((r['class'], r['file'], r['acquire_function'] or r['function'], r['place'])) for r in d)"
check "CSV: of a path" [ "$(report --format csv drivers | wc -l)" = 4 ]
check "CSV: of a file" \
	[ "$(report --format csv drivers/deep/leak2.c | wc -l)" = 2 ]
run "$DMACHECK" report --db "$db" --format csv drivers/clean.c
check "exit status 0 if nothing is listed" [ $status = 0 ]

check "JSON: the same findings" holds json "len(d['findings']) == 3"
check "JSON: coverage" holds json \
	"d['coverage']['done'] == 3 and d['coverage']['skipped'] == 1"
check "JSON: every finding has a path" holds json \
	"all(len(f['path']) > 1 for f in d['findings'])"
check "JSON: summary agrees" holds json \
	"sum(d['summary']['findings'].values()) == len(d['findings'])"

check "SARIF: version" holds sarif "d['version'] == '2.1.0'"
check "SARIF: the same findings" holds sarif "len(d['runs'][0]['results']) == 3"
check "SARIF: rules have help" holds sarif \
	"all(r['help']['text'] for r in d['runs'][0]['tool']['driver']['rules'])"
check "SARIF: ruleIndex fits" holds sarif \
	"all(d['runs'][0]['tool']['driver']['rules'][r['ruleIndex']]['id'] == r['ruleId'] for r in d['runs'][0]['results'])"
check "SARIF: code flows" holds sarif \
	"all(r['codeFlows'][0]['threadFlows'][0]['locations'] for r in d['runs'][0]['results'])"
check "SARIF: no suppression without triage" holds sarif \
	"not any('suppressions' in r for r in d['runs'][0]['results'])"

report >"$TMPDIR/text"
for s in "drivers/leak.c:" "(1)" "units       3 done, 0 failed, 1 skipped" \
	 "drivers/unbuilt.c: not built by this configuration" "call sites" \
	 "leak-error-path"; do
	check "text: $s" grep -qF "$s" "$TMPDIR/text"
done
check "text: no colour in a file" sh -c "! grep -q '\[1m' '$TMPDIR/text'"
script -qec "'$DMACHECK' report --db '$db'" /dev/null >"$TMPDIR/tty" 2>&1
check "text: colour on a terminal" grep -q '\[1m' "$TMPDIR/tty"
NO_COLOR=1 script -qec "'$DMACHECK' report --db '$db'" /dev/null \
	>"$TMPDIR/tty" 2>&1
check "text: NO_COLOR" sh -c "! grep -q '\[1m' '$TMPDIR/tty'"
check "markdown" sh -c "'$DMACHECK' report --db '$db' --format markdown |
	grep -q '^### drivers/leak.c'"
run "$DMACHECK" report --db "$db" --format json -o "$TMPDIR/r.json"
check "--output" python3 -m json.tool "$TMPDIR/r.json"

# Triage marks, and changes no number.
mapfile -t prints < <(report --format csv | python3 -c "
import csv, sys
for r in csv.DictReader(sys.stdin): print(r['fingerprint'], r['root_cause'])")
entry() # FINGERPRINT ROOT VERDICT
{
	printf -- '- fingerprint: "%s"\n  root_cause: "%s"\n  verdict: %s\n' \
		"$1" "$2" "$3"
	printf '  status: none\n  reason: start() releases it\n'
	printf '  date: 2024-05-31\n  method: read\n'
}
known=$TMPDIR/known.yaml
i=0
for p in "${prints[@]}"; do
	case $i in
	0) entry "${p%% *}" "${p#* }" false ;;
	1) entry "${p%% *}" "${p#* }" true ;;
	2) entry 0000000000000000 "${p#* }" intended ;;
	esac
	i=$((i + 1))
done >"$known"
for f in csv summary; do
	check "known: $f stays the same" same "$(report --format $f)" \
		"$(report --format $f --known "$known")"
done
report --known "$known" >"$TMPDIR/marked"
check "known: text has the same numbers" same \
	"$(sed -n '/^units/,$p' "$TMPDIR/text")" \
	"$(sed -n '/^units/,$p' "$TMPDIR/marked")"
check "known: verdicts are shown" same \
	"$(grep -c 'known: ' "$TMPDIR/marked")" 3
report --format sarif --known "$known" >"$TMPDIR/s.json"
check "known: false and intended are suppressed, true is not" python3 -c "
import json
r = json.load(open('$TMPDIR/s.json'))['runs'][0]['results']
assert len(r) == 3 and sum('suppressions' in x for x in r) == 2"
run "$DMACHECK" report --db "$db" --known "$known" --format csv
check "known: the exit status stays" [ $status = 1 ]
run "$DMACHECK" known --check "$known" --db "$db"
check "known --check" [ $status = 0 ]
check "known --check counts" grep -q \
	"3 entries, 1 true, 1 false, 1 intended, 0 unsure" "$TMPDIR/out"
entry ffffffffffffffff a:b:c:d true >>"$known"
run "$DMACHECK" known --check "$known" --db "$db"
check "known: stale entries are told" grep -q "known.yaml:22: stale" \
	"$TMPDIR/out"

wrong() # NAME PATTERN SED
{
	sed "$3" "$known" >"$TMPDIR/wrong.yaml"
	refused "known: $1" "$2" "$DMACHECK" known --check "$TMPDIR/wrong.yaml"
}
wrong "an unknown verdict" "wrong.yaml:3:12: verdict is .maybe." \
	'3s/false/maybe/'
wrong "an unknown key" "wrong.yaml:3:3: there is no key colour" \
	'3s/verdict/colour/'
wrong "a missing key" "wrong.yaml:1:3: the entry has no reason" '5d'
wrong "a malformed date" "wrong.yaml:6:9: a date" '6s/2024/24/'
wrong "a malformed fingerprint" "wrong.yaml:1:16: a fingerprint" \
	'1s/"[0-9a-f]*"/"xyz"/'
wrong "a fingerprint twice" "is in line 1 already" \
	"s/ffffffffffffffff/${prints[0]%% *}/"
wrong "no YAML" "wrong.yaml:[0-9]+:[0-9]+: " '2s/"$//'

printf 'a: b\n' >"$TMPDIR/map.yaml"
refused "known: a mapping" "is a list" "$DMACHECK" known --check \
	"$TMPDIR/map.yaml"
refused "report with a wrong file of known findings" "map.yaml:1:1" \
	"$DMACHECK" report --db "$db" --known "$TMPDIR/map.yaml"

# Samples
sample()
{
	"$DMACHECK" sample --db "$db" --level "$level" "$@" 2>"$TMPDIR/err"
}
level=$(report --format csv | sed -n 2p | cut -d, -f3)
check "a sample is the same for a seed" same "$(sample --seed 7)" \
	"$(sample --seed 7)"
check "a sample of two" same "$(sample --count 2 | grep -c fingerprint)" 2
check "at most one a class" same \
	"$(sample --max-per-class 1 | grep -c fingerprint)" 1
sample --format yaml >"$TMPDIR/sample.yaml"
check "a sample as known findings" "$DMACHECK" known --check \
	"$TMPDIR/sample.yaml"
