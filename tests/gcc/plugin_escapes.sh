#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where addresses leave the driver's variables, there is a site of kind escape
# that says where to; where the owner keeps or compares them there is none.
set -u
. tests/gcc/plugin_lib.sh
facts=$dir/facts.json

cat >"$dir/escape.c" <<'C'
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct desc {
	__le64 addr;
	__le32 low, high;
};

struct ring {
	struct device *dev;
	void *regs, *cpu;
	dma_addr_t dma, copy;
	struct desc *desc;
};

dma_addr_t last;
void other(struct ring *r, dma_addr_t dma);

int kept(struct ring *r)
{
	r->cpu = dma_alloc_coherent(r->dev, 64, &r->dma, GFP_KERNEL);
	if (!r->cpu)
		return -ENOMEM;
	r->copy = r->dma;
	return r->dma == last;
}

static void descriptor(struct ring *r, dma_addr_t dma)
{
	r->desc->addr = cpu_to_le64(dma);
}

static void halves(struct ring *r)
{
	r->desc->low = cpu_to_le32((u32)r->dma);
	r->desc->high = cpu_to_le32((u32)(r->dma >> 32));
}

static void truncated(struct ring *r)
{
	r->desc->low = cpu_to_le32((u32)r->dma);
}

int all(struct ring *r, dma_addr_t *out)
{
	kept(r);
	descriptor(r, r->dma);
	halves(r);
	truncated(r);
	last = r->dma;
	*out = r->dma;
	other(r, r->dma);
	writel(r->dma, r->regs);
	return 0;
}

dma_addr_t given(struct ring *r)
{
	dma_addr_t dma = dma_map_single(r->dev, r->cpu, 64, DMA_TO_DEVICE);

	return dma;
}
C

# sites FUNCTION: where its addresses go, in the order of the source
sites()
{
	grep '"kind":"escape"' "$facts" | grep "\"function\":\"$1\"" |
		sed 's/.*"api":"\([^"]*\)".*/\1/' | tr '\n' ' '
}

goes()
{
	[ "$(sites "$1")" = "$2" ]
}

run @facts="$facts" -O2 -I"$PWD/tests/gcc/include" "$dir/escape.c"
verdict escape-kept "the owner's own members count" goes kept ""
verdict escape-descriptor "not in the descriptor" goes descriptor \
	"descriptor "
verdict escape-halves "two halves are no truncation" goes halves \
	"descriptor descriptor "
verdict escape-truncated "the lower half alone" goes truncated "truncated "
verdict escape-all "not all of them" goes all \
	"global out-parameter module register "
verdict escape-return "not what is returned" goes given "return "
verdict escape-place "without the place it is kept in" \
	grep -q '"api":"global".*"place":"ring.dma"' "$facts"
exit $failed
