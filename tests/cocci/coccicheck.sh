#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel's own "make coccicheck" runs the semantic patches as they are, and
# prints what tests/cocci/*.expected says. One that writes fixes in all modes,
# and one of each kind that does not.
set -u
cd "$(dirname "$0")" || exit 2
tmp=${TMPDIR:-$(mktemp -d)}/coccicheck
# The kernel's .cocciconfig lets spatch ask git which files there are; where this
# is below a checkout, git knows of none.
export GIT_CEILING_DIRECTORIES=$tmp
tree=${DMACHECK_TREE:?a prepared kernel tree}

# check NAME MODE
check()
{
	local dir=$tmp/$1-$2

	mkdir -p "$dir" || return
	cp "$1.c" "$dir"
	make -s -C "$tree" coccicheck COCCI="$PWD/../../cocci/$1.cocci" \
		MODE="$2" M="$dir" J=1 >"$dir/out" 2>&1 </dev/null
	echo "status $?" >>"$dir/out"
	# What it reports, or which lines it marks or changes
	grep -hE "\[[a-z-]+\] |\[\[view:|^[-+][^-+]|^status [^0]" "$dir/out" |
		sed "s,$dir/,,; s/^\* T[O]DO /* /" | sort >"$dir/got"
	awk -v mode="$2" '/^== / { on = $2 == mode } on' "$1.expected" |
		grep -hE "\[[a-z-]+\] |\[\[view:|^[-+][^-+]" | sort >"$dir/want"
	if [ ! -s "$dir/want" ]; then
		echo "not ok $1 in mode $2: nothing is expected"
	elif diff "$dir/want" "$dir/got" >"$dir/diff"; then
		echo "ok $1 in mode $2"
	else
		echo "not ok $1 in mode $2:"
		cat "$dir/diff"
	fi
}

for mode in report org context patch; do
	check dma-bad-gfp $mode
done
check dma-unchecked-mapping report
check dma-leak-error-path report
check dma-bad-memory context
check dma-deprecated-mask-pair patch
rm -rf "$tmp"
