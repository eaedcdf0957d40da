#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A whole tree: two audits from nothing, with one compiler at a time and with
# as many as there are processors, find the same; a third has nothing to do.
set -u
tree=${DMACHECK_TREE-}
command=${DMACHECK:-build/dmacheck}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C

[ -e "$tree/.dmacheck-ready" ] || { echo "not ok no kernel tree"; exit 1; }

# audit NAME ARGUMENT...
audit()
{
	local name=$1 status

	shift
	"$command" audit --tree "$tree" --cache "$tmp/cache-$name" \
		--db "$tmp/$name.db" "$@" >"$tmp/$name.out" 2>"$tmp/$name.err"
	status=$?
	if [ $status -le 1 ]; then
		echo "ok audit $name"
	else
		echo "not ok audit $name: exit status $status"
		tail -n 5 "$tmp/$name.err"
	fi
	"$command" dump --canonical --db "$tmp/$name.db" >"$tmp/$name.dump"
}

# same A B: two audits left the same
same()
{
	if [ -s "$tmp/$1.dump" ] && cmp -s "$tmp/$1.dump" "$tmp/$2.dump"; then
		echo "ok $1 and $2 are the same"
	else
		echo "not ok $1 and $2 are the same: they differ"
		diff "$tmp/$1.dump" "$tmp/$2.dump" | head -n 20
	fi
}

audit one -j 1
audit many -j "$(nproc)"
same one many

rm -f "$tmp/again.db"
cp "$tmp/many.db" "$tmp/again.db"
mv "$tmp/cache-many" "$tmp/cache-again"
begin=$SECONDS
audit again
took=$((SECONDS - begin))
same many again
if [ $took -lt 10 ]; then
	echo "ok a second audit has nothing to do"
else
	echo "not ok a second audit has nothing to do: it took $took s"
fi

units=$(sed -n 's/^units *\([0-9]*\) done.*/\1/p' "$tmp/many.out")
if [ "${units:-0}" -ge 1150 ]; then
	echo "ok $units units are audited"
else
	echo "not ok $units units are audited: at least 1150 call the DMA API"
fi
if grep -q '^units .* 0 failed' "$tmp/many.out"; then
	echo "ok no unit failed"
else
	echo "not ok no unit failed: $(grep '^units' "$tmp/many.out")"
fi
