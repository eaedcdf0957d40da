#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck fix: a diff that git applies, after which the finding is gone; and
# nothing is written into the tree unless that was asked for.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
cat >"$tree/drivers/fixable.c" <<'END'
#include <linux/dma.h>

enum dma_data_direction { BOTH, DMA_TO_DEVICE, DMA_FROM_DEVICE };
#define __GFP_COMP 0x40000u
dma_addr_t dma_map_page_attrs(struct device *, void *, unsigned long,
			      unsigned long, enum dma_data_direction, int);
void dma_unmap_page_attrs(struct device *, dma_addr_t, unsigned long,
			  enum dma_data_direction, int);
int dma_mapping_error(struct device *, dma_addr_t);

int compares(struct device *dev, void *page);
int compares(struct device *dev, void *page)
{
	dma_addr_t dma;

	dma = dma_map_page_attrs(dev, page, 0, 64, DMA_TO_DEVICE, 0);
	if (dma == 0)
		return -5;
	start(dev);
	dma_unmap_page_attrs(dev, dma, 64, DMA_TO_DEVICE, 0);
	return 0;
}

int turns(struct device *dev, void *page);
int turns(struct device *dev, void *page)
{
	dma_addr_t dma;

	dma = dma_map_page_attrs(dev, page, 0, 64, DMA_TO_DEVICE, 0);
	if (dma_mapping_error(dev, dma))
		return -5;
	start(dev);
	dma_unmap_page_attrs(dev, dma, 64, DMA_FROM_DEVICE, 0);
	return 0;
}

int turns_again(struct device *dev, void *page);
int turns_again(struct device *dev, void *page)
{
	dma_addr_t dma;

	dma = dma_map_page_attrs(dev, page, 0, 128, DMA_FROM_DEVICE, 0);
	if (dma_mapping_error(dev, dma))
		return -5;
	start(dev);
	dma_unmap_page_attrs(dev, dma, 128, DMA_TO_DEVICE, 0);
	return 0;
}

int leaks_both(struct device *dev, void **cpu);
int leaks_both(struct device *dev, void **cpu)
{
	dma_addr_t one, two;
	void *first = dma_alloc_coherent(dev, 64, &one, 0xcc0);
	void *second = dma_alloc_coherent(dev, 32, &two, 0xcc0);

	if (start(dev) < 0 || !first || !second)
		return -12;
	dma_free_coherent(dev, 32, second, two);
	dma_free_coherent(dev, 64, first, one);
	return 0;
}
END
sed -i 's,drivers/leak.o,& drivers/fixable.o,' "$tree/Makefile"
audit
check "the audit" [ $status = 1 ]

fix() # ARGUMENT...
{
	run "$DMACHECK" fix --db "$db" "$@"
}

of() # FUNCTION: its findings, by fingerprint
{
	sqlite3 "$db" "SELECT fingerprint FROM merged WHERE function = '$1'"
}

line_of() # FUNCTION: FILE:LINE of its finding
{
	sqlite3 "$db" "SELECT file || ':' || line FROM merged
		WHERE function = '$1'"
}

in_copy() # FUNCTION...: after what was printed, these are found no more
{
	local f

	rm -rf "$TMPDIR/copy"
	cp -a "$tree" "$TMPDIR/copy" &&
		(cd "$TMPDIR/copy" && GIT_CEILING_DIRECTORIES=$TMPDIR \
			git apply "$TMPDIR/out") || return
	"$DMACHECK" audit --tree "$TMPDIR/copy" --db "$TMPDIR/copy.db" \
		>"$TMPDIR/copy.out" 2>&1
	[ $? -le 1 ] || { cat "$TMPDIR/copy.out"; return 1; }
	for f; do
		[ -z "$(sqlite3 "$TMPDIR/copy.db" "SELECT 1 FROM merged
			WHERE function = '$f'")" ] || return
	done
}

found() # FUNCTION
{
	[ -n "$(sqlite3 "$TMPDIR/copy.db" "SELECT 1 FROM merged
		WHERE function = '$1'")" ]
}

tree_state "$tree" >"$TMPDIR/before"
fix "$(of compares)"
check "exit status 0 where all is fixed" [ $status = 0 ]
check "a handle is asked as it has to be" \
	grep -q '^+.*if (dma_mapping_error(dev, dma))' "$TMPDIR/out"
check "the diff applies, and the finding is gone" in_copy compares
check "what nobody named stays" found turns

fix "$(line_of turns)"
check "FILE:LINE names a finding" [ $status = 0 ]
check "the fix of one function leaves the other alone" in_copy turns
check "and the same rule in another function is still found" found turns_again

fix --rule direction-mismatch
check "all of a rule" [ $status = 0 ]
check "in one diff" [ "$(grep -c '^--- ' "$TMPDIR/out")" = 1 ]
check "that applies" in_copy turns turns_again
fix --rule dma-direction-mismatch drivers/deep
check "a rule in a folder that has none of it" [ $status = 0 ]
check "says so" grep -q "0 of 0" "$TMPDIR/err"

fix "$(of compares)" "$(of turns)"
check "two rules in one file, one after the other" in_copy compares turns

fix "$(of leak_probe)" "$(of turns)"
check "exit status 3 where some is not fixed" [ $status = 3 ]
check "with the reason" grep -q "leak.c:.*not fixed: no fix of this rule is safe" \
	"$TMPDIR/err"
check "and the rest is" in_copy turns
tree_state "$tree" >"$TMPDIR/after"
check "nothing was written into the tree" cmp "$TMPDIR/before" "$TMPDIR/after"
check "nothing is left in TMPDIR" \
	[ -z "$(find "$TMPDIR" -maxdepth 1 -name 'dmacheck-fix*')" ]

refused "a finding that there is not" "no finding of .* is 00000" \
	"$DMACHECK" fix --db "$db" 00000
refused "a line with two findings" "is more than one finding" \
	"$DMACHECK" fix --db "$db" "$(line_of leaks_both | head -n 1)"
refused "a tree that is gone" "says where the kernel tree is" \
	"$DMACHECK" fix --db "$db" --tree "$TMPDIR/gone" "$(of turns)"
refused "a database that is none" "" \
	"$DMACHECK" fix --db "$tree/Kbuild" "$(of turns)"

fix --apply --rule direction-mismatch
check "--apply" [ $status = 0 ]
check "prints no diff" [ ! -s "$TMPDIR/out" ]
check "writes it" [ "$(grep -c 'dma_unmap.*DMA_TO_DEVICE' \
	"$tree/drivers/fixable.c")" = 2 ]
fix --apply "$(of turns)"
check "a fix that is there already is none" [ $status = 3 ]
