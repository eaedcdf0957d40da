#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck fix on a real kernel: every diff applies, what it changes still
# compiles, and the finding is gone.
#
# DMACHECK_DB is the database of an audit of DMACHECK_TREE with --engine both;
# without it, folders that are rich in such findings are audited.
set -u
. tests/tool/lib.sh
tree=${DMACHECK_TREE:?a prepared kernel tree}
db=${DMACHECK_DB:-$TMPDIR/db}
copy=$TMPDIR/tree
folders="drivers/net/ethernet drivers/net/wireless drivers/crypto sound/pci"

# shellcheck disable=SC2086 # a list of words
[ -e "$db" ] || "$DMACHECK" audit --tree "$tree" --db "$db" --engine both \
	$folders >/dev/null 2>&1
check "there is an audit" [ -s "$db" ]

# All that can be fixed, rule by rule; of a file one rule: the fix of another may
# be of the same lines.
: >"$TMPDIR/patch"
: >"$TMPDIR/done"
for rule in $(grep -l '^virtual patch' cocci/*.cocci); do
	rule=$(basename "$rule" .cocci)
	sqlite3 "$db" "SELECT DISTINCT file FROM merged WHERE rule = '$rule'
		AND file LIKE '%.c'" | sort | comm -23 - "$TMPDIR/done" \
		>"$TMPDIR/these"
	[ -s "$TMPDIR/these" ] || continue
	# shellcheck disable=SC2046 # a list of words
	"$DMACHECK" fix --db "$db" --tree "$tree" --rule "$rule" --level low \
		$(cat "$TMPDIR/these") >"$TMPDIR/one" 2>"$TMPDIR/err"
	cat "$TMPDIR/one" >>"$TMPDIR/patch"
	sed -n 's,^--- a/,,p' "$TMPDIR/patch" | sort -u >"$TMPDIR/done"
	echo "# $rule: $(tail -n 1 "$TMPDIR/err")"
done
sed -n 's/^\([^ :]*\):[0-9]*: .* \[\(dma-[a-z-]*\), \([0-9a-f]\{16\}\)\]$/\3 \1/p' \
	"$TMPDIR/patch" | sort -u >"$TMPDIR/fixed"
cp "$TMPDIR/done" "$TMPDIR/files"
check "at least 20 findings are fixed" [ "$(wc -l <"$TMPDIR/fixed")" -ge 20 ]

# A copy of the tree, of which only what is changed takes space
cp -rs "$tree" "$copy"
while read -r file; do
	cp --remove-destination "$tree/$file" "$copy/$file"
done <"$TMPDIR/files"
check "all diffs apply" env GIT_CEILING_DIRECTORIES="$TMPDIR" \
	git -C "$copy" apply "$TMPDIR/patch"
# shellcheck disable=SC2046 # a list of words
"$DMACHECK" audit --tree "$copy" --db "$TMPDIR/after.db" --engine both \
	$(cat "$TMPDIR/files") >"$TMPDIR/out" 2>&1
units="FROM units WHERE engine = 'gcc' AND source IN (SELECT source FROM units
	WHERE engine = 'cocci')"
check "whatever was built still compiles" same "" \
	"$(sqlite3 "$TMPDIR/after.db" "SELECT source, reason $units
		AND status = 'failed'")"
echo "# $(sqlite3 "$TMPDIR/after.db" "SELECT count(*) $units
	AND status = 'done'") of $(wc -l <"$TMPDIR/files") files are built here"
sqlite3 "$TMPDIR/after.db" "SELECT fingerprint FROM merged" |
	sort -u >"$TMPDIR/left"
check "the findings are gone" same "" \
	"$(cut -d' ' -f1 "$TMPDIR/fixed" | comm -12 - "$TMPDIR/left")"
