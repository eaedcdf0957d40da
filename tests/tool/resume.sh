#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An audit that is killed loses nothing: the next one goes on.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
for i in $(seq 40); do
	sed "s/leak_/leak${i}_/" "$tree/drivers/leak.c" >"$tree/drivers/l$i.c"
done
objects=$(cd "$tree" && echo drivers/*.c | sed 's/\.c/.o/g')
sed -i "s,^real-obj-y = ,&$objects ," "$tree/Makefile"

collected()
{
	find "$DMACHECK_CACHE" -name "*.jsonl" -path "*/collected/*" \
		2>/dev/null | wc -l
}

# Ends the audit as soon as some units are done; ninja then takes away what
# it had not heard of as finished.
"$DMACHECK" audit -j1 --tree "$tree" --db "$db" >"$TMPDIR/out" \
	2>"$TMPDIR/err" &
pid=$!
for _ in $(seq 600); do
	[ "$(collected)" -lt 9 ] || break
	sleep 0.02
done
kill -9 $pid
wait $pid 2>/dev/null
done_before=$(collected)
check "it was killed on the way" \
	test "$done_before" -ge 5 -a "$done_before" -lt 44
check "no facts file is incomplete" sh -c "find '$DMACHECK_CACHE' -path \
	'*/collected/*' -name '*.jsonl' | xargs -n1 tail -n1 |
	awk '!/\"record\":\"end\"/ { bad = 1 } END { exit bad }'"
sleep 0.5
audit
check "the next audit ends well" [ $status = 1 ]
ran=$(sed -n 's/.* \([0-9]*\) units compiled.*/\1/p' "$TMPDIR/err")
check "and does only the rest" [ "$ran" -le $((44 - done_before + 2)) ]
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/resumed"

db=$TMPDIR/b.db
audit --force
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/whole"
check "the database is that of an undisturbed audit" \
	cmp "$TMPDIR/resumed" "$TMPDIR/whole"

# Two audits of one tree at a time wait for each other.
"$DMACHECK" audit --force --tree "$tree" --db "$TMPDIR/c.db" >/dev/null 2>&1 &
pid=$!
audit --force
wait $pid
check "two audits at once: the first" [ $? = 1 ]
check "two audits at once: the second" [ $status = 1 ]
