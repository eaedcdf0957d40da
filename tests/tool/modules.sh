#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck audit looks at whole modules, and does again only what has changed.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
add_module "$tree"
# A part that no configuration builds, and that is asked for by itself as well.
sed -i 's,^mod-objs = .*,& ../unbuilt.o,' "$tree/Makefile"

units()
{
	sqlite3 "$1" "SELECT group_concat(source) FROM (SELECT source FROM units
		WHERE source LIKE '%/mod/%' ORDER BY 1)"
}

linked() # how many modules the last audit linked
{
	sed -n 's/.* \([0-9]*\) modules linked.*/\1/p' "$TMPDIR/err"
}

audit drivers/mod/ring.c
check "the file that calls the wrapper is brought in, the far one is not" \
	same "$(units "$db")" drivers/mod/main.c,drivers/mod/ring.c
check "what is forgotten in another file is found" same \
	"$(sqlite3 "$db" "SELECT class, file, function, acquire_file
	FROM merged WHERE file LIKE '%/mod/%'")" \
	"leak-error-path|drivers/mod/main.c|mod_open|drivers/mod/ring.c"

db=$TMPDIR/alone.db
audit --alone drivers/mod/ring.c
check "--alone brings in nothing" same "$(units "$db")" drivers/mod/ring.c
db=$TMPDIR/a.db

audit drivers/mod/main.c
check "either file brings in the other" same "$(units "$db")" \
	drivers/mod/main.c,drivers/mod/ring.c
audit
check "what is up to date is not linked again" \
	sh -c "! grep -q 'mod/mod' '$TMPDIR/err'"
audit
check "a second audit links nothing" same "$(linked)" ""
sleep 0.01
echo >>"$tree/drivers/mod/main.c"
audit
check "a blank line at the end is compiled" \
	grep -q "1 units compiled" "$TMPDIR/err"
check "but changes nothing, and links nothing" same "$(linked)" ""
sleep 0.01
sed -i 's/return -5/return -6/' "$tree/drivers/mod/main.c"
audit
check "a change links its module alone" same "$(linked)" 1

"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/many"
for jobs in 1 8; do
	rm -rf "$DMACHECK_CACHE"
	db=$TMPDIR/j$jobs.db
	audit -j$jobs
	"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/j$jobs"
	check "-j$jobs gives the same store" cmp "$TMPDIR/many" "$TMPDIR/j$jobs"
done

# Facts that are damaged are made anew.
db=$TMPDIR/a.db
facts=$(find "$DMACHECK_CACHE" -path '*/collected/*' -name 'main.c.jsonl')
cp "$facts" "$TMPDIR/good.jsonl"
head -n 3 "$TMPDIR/good.jsonl" >"$facts"
cp "$facts" "$TMPDIR/short.jsonl"
audit
check "truncated facts are made anew" cmp "$facts" "$TMPDIR/good.jsonl"
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/healed"
check "and the store is what it was" cmp "$TMPDIR/many" "$TMPDIR/healed"

refused "link: truncated facts" "is truncated" \
	"$DMACHECK" link "$TMPDIR/short.jsonl"
refused "link: facts that hold findings" "not a collected unit" \
	"$DMACHECK" link "$(dirname "$facts" | sed 's,/collected/,/facts/,')/main.c.jsonl"
refused "link: no such file" "cannot read" "$DMACHECK" link "$TMPDIR/none"
refused "link: nothing to link" "give files" "$DMACHECK" link
echo "unit of nothing" >"$TMPDIR/plan"
refused "link: a plan that is none" "is no plan" \
	"$DMACHECK" link --plan "$TMPDIR/plan"
run "$DMACHECK" link --verbose "$(dirname "$facts")/ring.c.jsonl"
check "link of one file alone" grep -q "function ring_get complete" "$TMPDIR/out"

# A folder whose Makefile is included by the one beside it: built as its part.
mkdir -p "$tree/drivers/whole" "$tree/drivers/part"
echo 'include $(src)/../part/Makefile' >"$tree/drivers/whole/Makefile"
echo '# objects of whole' >"$tree/drivers/part/Makefile"
sed 's/unbuilt_/part_/' "$tree/drivers/unbuilt.c" >"$tree/drivers/part/part.c"
sed -i 's,drivers/leak.o,& drivers/whole/../part/part.o,' "$tree/Makefile"
db=$TMPDIR/part.db
audit drivers/part
check "what a folder beside it builds is not taken for unbuilt" same \
	"$(sqlite3 "$db" "SELECT source, status FROM units")" \
	"drivers/part/part.c|done"
check "and has the name of its own folder" same \
	"$(sqlite3 "$db" "SELECT DISTINCT file FROM merged
		WHERE function = 'part_probe'")" drivers/part/part.c
mkdir -p "$tree/drivers/whole/sub"
echo '# objects of whole' >"$tree/drivers/whole/sub/Makefile"
echo 'include $(src)/sub/Makefile' >>"$tree/drivers/whole/Makefile"
sed 's/unbuilt_/sub_/' "$tree/drivers/unbuilt.c" >"$tree/drivers/whole/sub/sub.c"
sed -i 's,drivers/leak.o,& drivers/whole/sub/sub.o,' "$tree/Makefile"
db=$TMPDIR/sub.db
audit drivers/whole
check "what a folder above it builds is asked for as before" same \
	"$(sqlite3 "$db" "SELECT source, status FROM units")" \
	"drivers/whole/sub/sub.c|done"
db=$TMPDIR/part.db
mv "$tree/drivers/whole/Makefile" "$tree/drivers/whole/Kbuild.old"
audit drivers/part
check "until nobody includes it any more" same \
	"$(sqlite3 "$db" "SELECT status FROM units")" skipped
