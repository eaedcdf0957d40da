#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A disk that gets full: a sentence, exit status 2, nothing stored is lost.
set -u
if [ "${1-}" != inside ]; then
	if unshare -rm true 2>/dev/null; then
		exec unshare -rm "$0" inside
	fi
	echo "ok full disk # skip no file system can be mounted here"
	exit
fi
. tests/tool/lib.sh
tree=$TMPDIR/tree
small=$TMPDIR/small
make_tree "$tree"
mkdir "$small"
mount -t tmpfs -o size=512k none "$small" || exit 1

fill() # KILOBYTES: leaves that much free
{
	local free

	rm -f "$small/fill"
	free=$(df --output=avail -k "$small" | tail -n1)
	dd if=/dev/zero of="$small/fill" bs=1k count=$((free - $1)) 2>/dev/null
}

db=$small/a.db
audit drivers/clean.c drivers/leak.c
check "with space" [ $status = 1 ]
stored=$("$DMACHECK" dump --db "$db" | cksum)
fill 8
refused "no space for the database" "no space left for .*a\.db" \
	"$DMACHECK" audit -q --tree "$tree" --db "$db"
check "nothing stored is lost" same "$stored" \
	"$("$DMACHECK" dump --db "$db" | cksum)"
fill 200
audit
check "with space again" [ $status = 1 ]
check "all is there" same "$(sqlite3 "$db" "SELECT count(*) FROM units
	WHERE status = 'done'")" 3
rm -f "$small"/*

db=$TMPDIR/b.db
audit drivers/clean.c
stored=$("$DMACHECK" dump --db "$db" | cksum)
for space in 0 4 12 20 28 36; do
	rm -rf "$small/cache"
	fill $space
	refused "no space for the cache, $space kB left" "[Nn]o space left" \
		"$DMACHECK" audit -q --cache "$small/cache" --tree "$tree" \
		--db "$db"
done
check "nothing stored is lost, either" same "$stored" \
	"$("$DMACHECK" dump --db "$db" | cksum)"
