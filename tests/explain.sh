#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck explain: each rule by each of its names, each form, each refusal.
set -u
dmacheck=${DMACHECK:-build/dmacheck}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# check NAME CONDITION...: the condition is a command
check()
{
	local name=$1

	shift
	if "$@" >"$tmp/why" 2>&1; then
		echo "ok explain: $name"
	else
		echo "not ok explain: $name: $(head -c 200 "$tmp/why" |
			tr '\n' ' ')"
	fi
}

# refuses STATUS SENTENCE ARGUMENT...
refuses()
{
	local status=$1 sentence=$2

	shift 2
	"$dmacheck" explain "$@" >"$tmp/out" 2>"$tmp/err"
	[ $? = "$status" ] && [ ! -s "$tmp/out" ] &&
		grep -qF "$sentence" "$tmp/err" || { cat "$tmp/err"; false; }
}

each_rule()
{
	local id

	for id in $(cut -d' ' -f1 "$tmp/list"); do
		"$dmacheck" explain "$id" >"$tmp/id" &&
			"$dmacheck" explain "${id#dma-}" >"$tmp/class" &&
			"$dmacheck" explain -- "-W$id" >"$tmp/option" &&
			cmp "$tmp/id" "$tmp/class" &&
			cmp "$tmp/id" "$tmp/option" &&
			grep -q '^Right:' "$tmp/id" || return 1
	done
}

same_number()
{
	local n

	n=$(wc -l <"$tmp/list")
	"$dmacheck" explain --markdown >"$tmp/markdown"
	"$dmacheck" explain --table >"$tmp/table"
	"$dmacheck" explain --json >"$tmp/json"
	[ "$n" -ge 18 ] && [ "$(grep -c '^| `dma-' "$tmp/markdown")" = "$n" ] &&
		[ "$(grep -c '^| `dma-' "$tmp/table")" = "$n" ] &&
		[ "$(grep -c '"id": "dma-' "$tmp/json")" = "$n" ]
}

# Every check of debug.c that a rule names stands in the table beside it.
table_maps()
{
	grep -qF '| `dma-size-mismatch` | size-mismatch | 131 | R-SIZE |' \
		"$tmp/table" &&
		grep -q 'D3.*frees DMA memory with different size' "$tmp/table"
}

says()
{
	local what=$1

	shift
	"$dmacheck" explain "$@" | grep -qF -- "$what"
}

"$dmacheck" explain >"$tmp/list"
check "each rule by its three names" each_rule
check "list, tables and JSON have the same rules" same_number
check "the table maps to contract and debug check" table_maps
check "a function" says 'handle = dma_map_single(dev, cpu, size, dir)' \
	dma_map_single
check "how it fails" says 'returns a number other than 0' dma_map_sgtable
check "JSON of one rule" says '"class": "double-free"' --json dma-double-free
check "an unknown rule" refuses 2 'no rule or function "dma-nonsense"' \
	dma-nonsense
check "rules that are not there" refuses 2 '/nonexistent' \
	--rules=/nonexistent dma-double-free
check "two rules" refuses 2 'one rule at a time' dma-bad-gfp dma-double-free
check "a table of one rule" refuses 2 'a table is of all rules' --table \
	dma-bad-gfp
