// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A sync belongs to a mapping: after the unmap there is none, and a buffer
/// that was mapped one way is not synced the other way.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_sync_single_for_cpu, dma_sync_sg_for_cpu, dma_unmap_single

virtual report
virtual org
virtual context

@initialize:python@
@@
import re

# An expression as people write it
def text(e):
    return re.sub(r" (?=->|[][).])|(?<=\w) (?=\()|(?<=->) |(?<=[(.[]) |"
                  r"(?<=[&*])(?<![])\w] [&*]) ", "", e)

def message(p, q, place, api, what):
    return "[sync-misuse] %s(): %s() does not fit %s, which %s on line %s" % (
        q[0].current_element, api, text(place), what, p[0].line)

# Does the preprocessor take only one of the two?
def exclusive(p, q):
    depth, other = 0, False
    with open(p[0].file, errors="replace") as f:
        lines = f.readlines()[int(p[0].line):int(q[0].line) - 1]
    for word in re.findall(r"^\s*#\s*(if|el|endif)", "".join(lines), re.M):
        if word == "if":
            depth += 1
        elif word == "el":
            other |= depth == 0
        elif depth:
            depth -= 1
        else:
            other = False
    return other

@late exists@
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs, dma_unmap_sg, dma_unmap_sg_attrs,
	ib_dma_unmap_sg, ib_dma_unmap_sg_attrs, dma_unmap_sgtable};
identifier sync = {dma_sync_single_for_cpu, dma_sync_single_for_device,
	dma_sync_single_range_for_cpu, dma_sync_single_range_for_device,
	dma_sync_sg_for_cpu, dma_sync_sg_for_device, dma_sync_sgtable_for_cpu,
	dma_sync_sgtable_for_device, ib_dma_sync_single_for_cpu,
	ib_dma_sync_single_for_device};
expression e, x, d1, d2;
statement S;
iterator I;
position p, q;
@@
unmap@p(d1, e, ...);
... when != e = x
    when != for (...;...;...) S
    when != while (...) S
    when != I(...) S
sync@q(d2, e, ...);

@other exists@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
identifier sync = {dma_sync_single_for_cpu, dma_sync_single_for_device,
	dma_sync_single_range_for_cpu, dma_sync_single_range_for_device,
	ib_dma_sync_single_for_cpu, ib_dma_sync_single_for_device};
identifier dir1 = {DMA_TO_DEVICE, DMA_FROM_DEVICE};
identifier dir2 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
expression e, x, d2;
position p, q;
@@
e = map@p(..., dir1, ...)
... when != e = x
(
sync(d2, e, ..., dir1)
|
sync@q(d2, e, ..., dir2)
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on late || other@
@@
\(dma_sync_single_for_cpu\|dma_sync_single_for_device\|
	dma_sync_single_range_for_cpu\|dma_sync_single_range_for_device\|
	dma_sync_sg_for_cpu\|dma_sync_sg_for_device\|
	dma_sync_sgtable_for_cpu\|dma_sync_sgtable_for_device\|
	ib_dma_sync_single_for_cpu\|ib_dma_sync_single_for_device\)(...)

// That is the next round of a loop, or another configuration.
@script:python depends on any@
p << late.p;
q << late.q;
@@
if int(q[0].line) < int(p[0].line) or exclusive(p, q):
    cocci.include_match(False)

@depends on context && any@
identifier late.sync;
position late.q;
@@
* sync@q(...)

@script:python depends on org && any@
p << late.p;
q << late.q;
e << late.e;
sync << late.sync;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, sync, "was unmapped"))

@script:python depends on report && any@
p << late.p;
q << late.q;
e << late.e;
sync << late.sync;
@@
coccilib.report.print_report(q[0], message(p, q, e, sync, "was unmapped"))

@depends on context && any@
identifier other.sync;
position other.q;
@@
* sync@q(...)

@script:python depends on org && any@
p << other.p;
q << other.q;
e << other.e;
sync << other.sync;
dir1 << other.dir1;
@@
coccilib.org.print_safe_todo(q[0],
    message(p, q, e, sync, "was mapped with " + dir1))

@script:python depends on report && any@
p << other.p;
q << other.q;
e << other.e;
sync << other.sync;
dir1 << other.dir1;
@@
coccilib.report.print_report(q[0],
    message(p, q, e, sync, "was mapped with " + dir1))
