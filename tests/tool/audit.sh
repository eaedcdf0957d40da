#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck audit, on a tree that compiles in no time.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
before=$(tree_state "$tree")

audit
check "exit status 1 with findings" [ $status = 1 ]
check "nothing is written into the tree" same "$before" "$(tree_state "$tree")"
check "files that call the API are found" same \
	"$(sqlite3 "$db" "SELECT source, status FROM units ORDER BY 1")" \
	"drivers/clean.c|done
drivers/deep/leak2.c|done
drivers/leak.c|done
drivers/unbuilt.c|skipped"
check "what is not built is skipped for that reason" same \
	"$(sqlite3 "$db" "SELECT reason FROM units WHERE status = 'skipped'")" \
	"not built by this configuration"
check "what a build would copy is found, and not in the tree" same \
	"$(cd "$DMACHECK_CACHE/trees" && echo */shipped/drivers/*)" \
	"$(cd "$DMACHECK_CACHE/trees" && echo *)/shipped/drivers/gen.h"
check "both leaks are found" same "$(sqlite3 "$db" "SELECT count(*) FROM
	merged WHERE class = 'leak-error-path' AND file LIKE '%.c'")" 2
check "a header's finding is merged" same "$(sqlite3 "$db" "SELECT count(*),
	min(file) FROM merged WHERE function = 'header_leak'")" \
	"1|drivers/shared.h"
check "tables are strict" same "$(sqlite3 "$db" "SELECT count(*) FROM
	pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
	AND name NOT LIKE 'sqlite%'")" 0
check "a finished database is one file" same "$(ls "$TMPDIR" | grep '^a\.db')" \
	a.db
mkdir "$TMPDIR/ro" && cp "$db" "$TMPDIR/ro" && chmod 444 "$TMPDIR/ro/a.db"
check "it opens read-only" sqlite3 "file:$TMPDIR/ro/a.db?mode=ro" \
	"SELECT count(*) FROM findings"
run "$DMACHECK" report --db "$TMPDIR/ro/a.db" --format csv
check "a report of a read-only file" [ $status = 1 ]

"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/first"
check "a canonical dump names no folder of this machine" \
	sh -c "! grep -q '$TMPDIR' '$TMPDIR/first'"

sum=$(cksum <"$db")
audit
check "a second audit compiles nothing" sh -c "! grep -q compiled $TMPDIR/err"
check "and leaves the database alone" same "$sum" "$(cksum <"$db")"

db=$TMPDIR/b.db
rm -rf "$DMACHECK_CACHE"
audit --force drivers/leak.c drivers/clean.c
check "of some files" same \
	"$(sqlite3 "$db" "SELECT group_concat(source) FROM (SELECT source FROM
	units ORDER BY 1)")" drivers/clean.c,drivers/leak.c
audit "$tree/drivers/deep" drivers/unbuilt.c
check "others are added" same "$(sqlite3 "$db" \
	"SELECT count(*) FROM units")" 4
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/second"
check "two equal databases have one canonical dump" \
	cmp "$TMPDIR/first" "$TMPDIR/second"

audit --force
check "--force compiles all again" grep -q "3 units compiled" "$TMPDIR/err"
echo >>"$tree/drivers/leak.c"
audit
check "only what changed is compiled" grep -q "1 units compiled" "$TMPDIR/err"
sleep 0.01
echo >>"$tree/include/linux/dma.h"
audit
check "a header's users are compiled" grep -q "3 units compiled" "$TMPDIR/err"

audit drivers/no_dma.c
check "a named file needs not call the API" same "$(sqlite3 "$db" \
	"SELECT status FROM units WHERE source = 'drivers/no_dma.c'")" done
rm "$tree/drivers/no_dma.c"
audit drivers/leak.c drivers/clean.c
check "a file that is gone leaves the database" same "$(sqlite3 "$db" \
	"SELECT count(*) FROM units WHERE source = 'drivers/no_dma.c'")" 0

sed 's/CWE-[0-9]*/&/; $a # another hash' rules.yaml >"$TMPDIR/other.yaml"
audit --rules "$TMPDIR/other.yaml" drivers/leak.c
check "other rules redo every unit of the database" same \
	"$(sqlite3 "$db" "SELECT count(DISTINCT value) FROM meta WHERE
	key = 'rules'; SELECT count(*) FROM units WHERE status = 'done'")" "1
3"

printf '[{"directory": "%s", "file": "drivers/unbuilt.c", "command":
"gcc -Iinclude -DNAME=1 -DASKED -c -o x.o drivers/unbuilt.c"}]' "$tree" \
	>"$TMPDIR/compile_commands.json"
db=$TMPDIR/c.db
audit --compile-commands "$TMPDIR/compile_commands.json" drivers
check "compile_commands.json says what is compiled" same "$(sqlite3 "$db" \
	"SELECT source FROM units WHERE status = 'done'")" drivers/unbuilt.c
db=$TMPDIR/d.db
audit --unbuilt drivers
check "--unbuilt takes what the configuration leaves out" same \
	"$(sqlite3 "$db" "SELECT count(*) FROM units WHERE status = 'done'")" 4

script -qec "'$DMACHECK' audit --force --tree '$tree' --db '$db'" /dev/null \
	>"$TMPDIR/tty" 2>&1
check "progress on a terminal" grep -q 'units \[#.*\] [0-9]*/[0-9]*' "$TMPDIR/tty"
audit --force
check "none elsewhere" sh -c "! grep -q 'units \[' '$TMPDIR/err'"
