#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck audit --engine cocci|both: two engines, one store; which of them saw
# which call.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"

query() # SQL: rows of the database
{
	sqlite3 "$db" "$1"
}

audit --engine both
check "exit status 1 with findings" [ $status = 1 ]
check "what both find is one finding, one step up" same "$(query "SELECT
	file, confidence, engines FROM merged WHERE function = 'leak_probe'")" \
	"drivers/leak.c|high|gcc,cocci"
check "which each found for itself" same "$(query "SELECT engine, confidence
	FROM best WHERE function = 'leak_probe' ORDER BY 1")" \
	"cocci|medium
gcc|high"
check "what no configuration builds is read" same "$(query "SELECT file,
	confidence, engines, arches FROM merged WHERE file LIKE '%unbuilt.c'")" \
	"drivers/unbuilt.c|medium|cocci|"
check "call by call" same "$(query "SELECT source, line, api, coalesce(gcc, '-'),
	arches, cocci FROM call_coverage WHERE line < 15 AND
	source IN ('drivers/leak.c', 'drivers/unbuilt.c') ORDER BY 1")" \
	"drivers/leak.c|13|dma_alloc_coherent|1|x86_64|1
drivers/unbuilt.c|13|dma_alloc_coherent|-||1"
for engine in gcc cocci both; do
	run "$DMACHECK" report --db "$db" --format csv --engine $engine
	check "report --engine $engine" same \
		"$(cut -d, -f5 "$TMPDIR/out" | tail -n +2 | tr '\n' ' ')" \
		"$(case $engine in
		gcc) echo drivers/shared.h ;;
		cocci) echo drivers/unbuilt.c ;;
		both) echo drivers/deep/leak2.c drivers/leak.c ;;
		esac | sed 's/$/ /')"
done
run "$DMACHECK" sample --db "$db" --engine cocci --level medium
check "sample --engine cocci" grep -q "^1\. .*unbuilt_probe" "$TMPDIR/out"
run "$DMACHECK" report --db "$db" --coverage
check "report --coverage" grep -qE '^  gcc +5 +71\.4 %$' "$TMPDIR/out"
check "and why not by the plugin" \
	grep -q "2 .* not built by this configuration" "$TMPDIR/out"
for format in json sarif; do
	run "$DMACHECK" report --db "$db" --format $format
	check "$format names the engines" grep -q '"engines": "gcc,cocci"' \
		"$TMPDIR/out"
done
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/first"
sum=$(cksum <"$db")
audit --engine both
check "a second audit runs nothing" \
	sh -c "! grep -q 'compiled\|semantic' '$TMPDIR/err'"
check "and leaves the database alone" same "$sum" "$(cksum <"$db")"
audit --force
check "the plugin alone keeps what the other engine found" same \
	"$("$DMACHECK" dump --canonical --db "$db")" "$(cat "$TMPDIR/first")"

# The command with semantic patches of our own beside it
mkdir -p "$TMPDIR/bin/cocci"
cp "$DMACHECK" "$TMPDIR/bin/dmacheck"
DMACHECK=$TMPDIR/bin/dmacheck
refused "no semantic patches" "no semantic patches in" "$DMACHECK" audit -q \
	--engine cocci --tree "$tree" --db "$TMPDIR/none.db"
cat >"$TMPDIR/bin/cocci/dma-old.cocci" <<'EOT'
// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A name that is old.
///
// Confidence: High
// Options: --no-includes
virtual report
@r@ position p; @@
dma_free_coherent@p(...)
@script:python depends on report@ p << r.p; @@
coccilib.report.print_report(p[0], "[deprecated] %s(): old" %
	p[0].current_element)
EOT
cat >"$TMPDIR/bin/cocci/slow.cocci" <<'EOT'
// SPDX-License-Identifier: GPL-2.0-or-later
// Confidence: Low
virtual report
@r@ position p; @@
forever@p()
@script:ocaml depends on report@ p << r.p; @@
while true do ignore (Sys.opaque_identity (ref p)) done
EOT
cat >"$tree/drivers/slow.c" <<'EOT'
#define FREE(dev, cpu, dma) \
	dma_free_coherent(dev, 128, cpu, dma)
void dma_free_coherent(int, int, int, int);
/* dma_free_coherent(in, a, comment); */
#if 0
void dead(void) { dma_free_coherent(0, 0, 0, 0); }
#endif
void slow(void)
{
	forever();
	dma_free_coherent(0, 0, 0, 0); ops->dma_free_coherent(0, 0, 0, 0);
}
EOT
db=$TMPDIR/c.db
audit --engine cocci --limit 1 drivers/slow.c drivers/clean.c drivers/slow.c
check "without the plugin" [ $status = 0 ]
check "what takes too long is told with its reason" same "$(query "SELECT
	source, status, reason FROM units ORDER BY 1")" "drivers/clean.c|done|
drivers/slow.c|failed|slow: took more than 1 s"
check "what is only old is low, and the rest of the file is kept" same \
	"$(query "SELECT file, line, confidence, rule, class, api FROM merged
	ORDER BY 1, 2")" \
	"drivers/clean.c|6|low|dma-old|deprecated|dma_free_coherent
drivers/slow.c|2|low|dma-old|deprecated|dma_free_coherent
drivers/slow.c|11|low|dma-old|deprecated|dma_free_coherent"
check "a semantic patch that is no rule's explains itself" same \
	"$(query "SELECT message FROM rules")" "A name that is old."
check "calls are those of the text" same "$(query "SELECT line, col, function,
	macro FROM calls WHERE source LIKE '%slow.c'")" "2|2|FREE|1
11|2|slow|0"
run "$DMACHECK" report --db "$db" --coverage
check "calls that nobody saw are named" grep -q "slow.c:11:2: dma_free_coherent() \
in slow: plugin: no compiler was asked; Coccinelle: a semantic patch failed" \
	"$TMPDIR/out"
check "those of a macro, too" grep -q "slow.c:2:2: .* in FREE: plugin: the body of a macro; " \
	"$TMPDIR/out"
audit --engine cocci --limit 1 drivers/slow.c drivers/clean.c
check "a failure is remembered" sh -c "! grep -q semantic '$TMPDIR/err'"
echo >>"$tree/drivers/clean.c"
audit --engine cocci --limit 1 drivers/slow.c drivers/clean.c
check "a file that changed is read again" \
	grep -q "2 semantic patches over 1 files" "$TMPDIR/err"
sed -i s/high/low/ "$TMPDIR/bin/cocci/dma-old.cocci"
echo >>"$TMPDIR/bin/cocci/dma-old.cocci"
audit --engine cocci --limit 1 drivers/slow.c
check "a semantic patch that changed is run over all that is stored" \
	grep -q "2 semantic patches over 2 files" "$TMPDIR/err"
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/first"

# Killed while it is slow: what was done before that is there.
rm -rf "$DMACHECK_CACHE"
"$DMACHECK" audit --engine cocci --limit 60 -j1 --tree "$tree" \
	--db "$TMPDIR/d.db" drivers/slow.c drivers/clean.c \
	>"$TMPDIR/out" 2>"$TMPDIR/err" &
pid=$!
for _ in $(seq 600); do
	! grep -qs "	dma-old	" "$DMACHECK_CACHE"/trees/*/cocci/*.part || break
	sleep 0.05
done
{ kill -9 $pid && wait $pid; } 2>/dev/null
sleep 0.5
part=$(echo "$DMACHECK_CACHE"/trees/*/cocci/*.part)
check "it was killed on the way" grep -q "	dma-old	" "$part"
check "and had not done all" sh -c "! grep -q '	slow	' '$part'"
cat >"$TMPDIR/bin/cocci/slow.cocci" <<'EOT'
// SPDX-License-Identifier: GPL-2.0-or-later
// Confidence: Low
virtual report
EOT
db=$TMPDIR/d.db
audit --engine cocci --limit 60 -j1 drivers/slow.c drivers/clean.c
check "the next audit goes on" same \
	"$status $(query "SELECT count(*) FROM findings")" "0 3"
check "and leaves nothing behind" same "$(cd "$DMACHECK_CACHE"/trees/*/cocci &&
	echo *.part *.tmp *.plan)" "*.part *.tmp *.plan"
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/resumed"
rm -rf "$DMACHECK_CACHE" "$db"
audit --engine cocci --limit 60 -j8 drivers/clean.c drivers/slow.c
check "the database is that of an undisturbed audit" same \
	"$("$DMACHECK" dump --canonical --db "$db")" "$(cat "$TMPDIR/resumed")"
