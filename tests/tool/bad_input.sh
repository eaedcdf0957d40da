#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bad input gets a sentence and an exit status; what is stored stays.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
audit
check "a first audit" [ $status = 1 ]
stored=$("$DMACHECK" report --db "$db" --format csv | cksum)
dumped=$("$DMACHECK" dump --db "$db" | cksum)

try() # NAME PATTERN ARGUMENT...: of "dmacheck audit --db $db"
{
	local name=$1 pattern=$2

	shift 2
	refused "$name" "$pattern" "$DMACHECK" audit --db "$db" "$@"
}

# trees
try "no such tree" "there is no kernel tree at" --tree "$TMPDIR/none"
mkdir "$TMPDIR/empty"
try "a tree that is no kernel" "is not a kernel tree" --tree "$TMPDIR/empty"
cp -a "$tree" "$TMPDIR/t2"
rm "$TMPDIR/t2/.config"
try "an unconfigured tree" "is not configured.*make" --tree "$TMPDIR/t2"
cp -a "$tree" "$TMPDIR/t3"
rm "$TMPDIR/t3/include/generated/autoconf.h"
try "an unprepared tree" "is not prepared.*make prepare" --tree "$TMPDIR/t3"
cp -a "$tree" "$TMPDIR/t4"
touch -d '+1 hour' "$TMPDIR/t4/.config"
try "a .config newer than its preparation" "newer" --tree "$TMPDIR/t4"
try "a missing path" "there is no drivers/none.c" --tree "$tree" \
	drivers/none.c
try "a path outside" "does not lie in the tree" --tree "$tree" /etc
try "a path that climbs out" "does not lie in the tree" --tree "$tree" ../x.c
try "no C file" "is not a C file" --tree "$tree" Makefile
cp -a "$tree" "$TMPDIR/t5"
try "the database of another tree" "another tree" --tree "$TMPDIR/t5"
refused "no tree given" "tree" "$DMACHECK" audit --db "$db"
refused "no database given" "db" "$DMACHECK" audit --tree "$tree"
run "$DMACHECK" audit --nonsense
check "an unknown option" [ $status = 2 ]
refused "an unknown command" "there is no command" "$DMACHECK" frobnicate
refused "no command" "no command" "$DMACHECK"

# rules, plugin and compiler
printf 'families:\n  - nonsense: [\n' >"$TMPDIR/bad.yaml"
try "a malformed rules file" "bad\.yaml:[0-9]+:[0-9]+: " --tree "$tree" \
	--rules "$TMPDIR/bad.yaml"
try "no rules file" "none\.yaml" --tree "$tree" --rules "$TMPDIR/none.yaml"
try "no plugin" "no plugin" --tree "$tree" --plugin "$TMPDIR/none.so"
echo "no plugin at all" >"$TMPDIR/text.so"
try "a plugin that is none" "does not work with the plugin" --tree "$tree" \
	--plugin "$TMPDIR/text.so"
mkdir "$TMPDIR/bin"
cat >"$TMPDIR/bin/old-gcc" <<'EOF'
#!/bin/sh
case $1 in
-dumpfullversion) echo 11.4.0 ;;
*) exec gcc "$@" ;;
esac
EOF
chmod +x "$TMPDIR/bin/old-gcc"
PATH=$TMPDIR/bin:$PATH try "cc1 of another version" \
	"old-gcc is version 11\.4\.0, but the plugin .* for" \
	--tree "$tree" --make CC=old-gcc
printf '#!/bin/sh\n' >"$TMPDIR/bin/clang"
chmod +x "$TMPDIR/bin/clang"
PATH=$TMPDIR/bin:$PATH try "a tree that clang compiles" "GCC" \
	--tree "$tree" --make CC=clang
echo '{' >"$TMPDIR/cc.json"
try "a malformed compile_commands.json" "cc\.json, line" --tree "$tree" \
	--compile-commands "$TMPDIR/cc.json"
echo '[]' >"$TMPDIR/cc.json"
try "a compile_commands.json of another tree" "no compile line" \
	--tree "$tree" --compile-commands "$TMPDIR/cc.json"

# databases
keep=$db
db=$TMPDIR/other.db
sqlite3 "$db" "CREATE TABLE t (a); INSERT INTO t VALUES (42)"
sum=$(cksum <"$db")
try "a database of another program" "another program" --tree "$tree"
check "it is untouched" same "$sum" "$(cksum <"$db")"
refused "a report of it" "another program" "$DMACHECK" report --db "$db"
db=$TMPDIR/newer.db
cp "$keep" "$db"
sqlite3 "$db" "PRAGMA user_version = 999"
sum=$(cksum <"$db")
try "a database of a newer version" "newer dmacheck" --tree "$tree"
check "it is untouched, too" same "$sum" "$(cksum <"$db")"
refused "a report of that" "newer dmacheck" "$DMACHECK" report --db "$db"
db=$TMPDIR/text.db
echo "this is not a database, but it is long enough to be read as one" >"$db"
try "a file that is no database" "not a database" --tree "$tree"
refused "a report of no database" "none\.db" "$DMACHECK" report \
	--db "$TMPDIR/none.db"
check "it was not made" [ ! -e "$TMPDIR/none.db" ]
db=$TMPDIR/none/a.db
try "a folder that is not there" "cannot open the database" --tree "$tree"
db=$keep

# a full disk
check "a report to a full disk" sh -c \
	"'$DMACHECK' report --db '$db' >/dev/full 2>'$TMPDIR/err'; [ \$? = 2 ]"
check "with a sentence" grep -q "No space left" "$TMPDIR/err"

check "all of this left the database alone" same "$dumped" \
	"$("$DMACHECK" dump --db "$db" | cksum)"

# units that fail
echo 'int broken(' >>"$tree/drivers/clean.c"
audit
check "a source that does not compile: exit status 3" [ $status = 3 ]
check "a source that does not compile: a sentence" grep -qE \
	"^dmacheck: drivers/clean\.c failed: .*error" "$TMPDIR/err"
check "a source that does not compile: in the store" same "$(sqlite3 "$db" \
	"SELECT source FROM units WHERE status = 'failed'")" drivers/clean.c
check "nothing stored is lost" same "$stored" \
	"$("$DMACHECK" report --db "$db" --format csv | cksum)"
run "$DMACHECK" report --db "$db"
check "a report names it" grep -q "drivers/clean.c: .*error" "$TMPDIR/out"
sed -i '$d' "$tree/drivers/clean.c"
audit
check "mended, it is done again" [ $status = 1 ]

# A compiler that is killed, as by a system without memory.
cat >"$TMPDIR/bin/killed-gcc" <<'EOF'
#!/bin/sh
case "$*" in
*drivers/leak.c*)
	echo "gcc: fatal error: Killed signal terminated program cc1" >&2
	kill -9 $$
	;;
esac
exec gcc "$@"
EOF
chmod +x "$TMPDIR/bin/killed-gcc"
PATH=$TMPDIR/bin:$PATH audit --make CC=killed-gcc
check "a killed compiler: exit status 3" [ $status = 3 ]
check "a killed compiler: a sentence" grep -q \
	"^dmacheck: drivers/leak.c failed: .*Killed" "$TMPDIR/err"
check "a killed compiler: nothing stored is lost" same "$stored" \
	"$("$DMACHECK" report --db "$db" --format csv | cksum)"
audit
check "after that" [ $status = 1 ]

# Facts files that are not what the compiler left.
facts=$(find "$DMACHECK_CACHE" -path '*/facts/drivers/leak.c.jsonl')
damage() # NAME PATTERN COMMAND...: run on the facts file
{
	local name=$1 pattern=$2

	shift 2
	touch -r "$facts" "$TMPDIR/time"
	"$@"
	# ninja makes anew what is newer than it knows
	touch -r "$TMPDIR/time" "$facts"
	audit
	check "$name: exit status 3" [ $status = 3 ]
	check "$name: a sentence" grep -qE \
		"^dmacheck: drivers/leak.c failed: .*($pattern)" "$TMPDIR/err"
	check "$name: nothing stored is lost" same "$stored" \
		"$("$DMACHECK" report --db "$db" --format csv | cksum)"
	audit
	check "$name: it is made anew" [ $status = 1 ]
}
damage "a truncated facts file" truncated sed -i '$d' "$facts"
damage "half a facts file" truncated truncate -s 1000 "$facts"
damage "facts of another format" format sed -i \
	'1s/"format":[0-9]*/"format":99/' "$facts"
damage "facts of another engine" "another engine" sed -i \
	'1s/"engine":"[^"]*"/"engine":"x"/' "$facts"
damage "a foreign facts file" "not a facts file" sh -c "echo hello >'$facts'"
damage "a damaged line" "no record|damaged" sed -i '3s/.*/{}/' "$facts"
damage "a line less" "damaged" sed -i '3d' "$facts"

# known findings and other commands
refused "no event form" "cannot read" "$DMACHECK" check "$TMPDIR/none.event"
echo "function" >"$TMPDIR/bad.event"
refused "a malformed event form" "bad\.event: line [0-9]+" \
	"$DMACHECK" check "$TMPDIR/bad.event"
run "$DMACHECK" report --db "$db" --format frob
check "an unknown format" [ $status = 2 ]
