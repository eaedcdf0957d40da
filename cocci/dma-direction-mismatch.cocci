// SPDX-License-Identifier: GPL-2.0-or-later
///
/// The direction decides which caches are written back or thrown away and
/// which way a bounce buffer is copied: it must be the same when a buffer is
/// mapped and when it is unmapped.
///
// Confidence: High
// Comments: Directions that are named; one that is computed is not compared.
// Options: --no-includes
// Keywords: dma_map_single, dma_unmap_single, DMA_TO_DEVICE, DMA_FROM_DEVICE

virtual report
virtual org
virtual context
virtual patch

@initialize:python@
@@
import re

# An expression as people write it
def text(e):
    return re.sub(r" (?=->|[][).])|(?<=\w) (?=\()|(?<=->) |(?<=[(.[]) |"
                  r"(?<=[&*])(?<![])\w] [&*]) ", "", e)

def message(p, q, place, dir2, dir1):
    return "[direction-mismatch] %s(): %s is released with direction %s, " \
        "but was acquired with %s on line %s" % (
            q[0].current_element, text(place), dir2, dir1, p[0].line)

@single exists@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
identifier dir1 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
identifier dir2 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
expression e, x, d2, s2;
position p, q;
@@
e = map@p(..., dir1, ...)
... when != e = x
unmap@q(d2, e, s2, dir2, ...)

@script:python depends on single@
dir1 << single.dir1;
dir2 << single.dir2;
@@
if dir1 == dir2:
    cocci.include_match(False)

// A member that is mapped in one place of the file only
@begin@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
identifier dir1 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
type T;
T *s;
identifier f;
position p;
@@
s->f = map@p(..., dir1, ...)

@apart depends on begin@
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
identifier dir2 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
type begin.T;
T *s;
identifier begin.f;
expression d;
position q != single.q;
@@
unmap@q(d, s->f, ..., dir2, ...)

// It is mapped elsewhere too, whatever is known of the type there,
@again depends on apart@
expression s;
identifier begin.f, begin.dir1, g;
position r != begin.p;
@@
(
s->f = g@r(..., dir1, ...)
|
s->f = g@r(...)
|
s.f = g@r(...)
)

// or given what was mapped elsewhere
@filled depends on apart@
expression s;
identifier begin.f, v;
expression x;
@@
\(s->f = v\|s->f = v + x\|s->f = x->v\|s.f = v\)

// A member that is unmapped that way too has two uses.
@fits depends on apart@
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
expression s;
identifier begin.f, begin.dir1;
expression d;
@@
\(unmap(d, s->f, ..., dir1, ...)\|unmap(d, s.f, ..., dir1, ...)\)

// It was mapped that way too, on another branch of the same condition.
@other_single exists@
identifier single.map, single.unmap, single.dir2;
expression single.e;
position single.q;
@@
e = map(..., dir2, ...)
... when any
unmap@q(..., e, ...)

@depends on patch && !other_single@
identifier single.unmap, single.dir1, single.dir2;
position single.q;
@@
unmap@q(...,
- dir2
+ dir1
  , ...)

@sg exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs, dma_map_sgtable};
identifier unmap = {dma_unmap_sg, dma_unmap_sg_attrs, ib_dma_unmap_sg,
	ib_dma_unmap_sg_attrs, dma_unmap_sgtable};
identifier dir1 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
identifier dir2 = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
expression e, x, d1, d2;
position p, q;
@@
map@p(d1, e, ..., dir1, ...)
... when != e = x
    when != map(d1, e, ...)
unmap@q(d2, e, ..., dir2, ...)

@script:python depends on sg@
dir1 << sg.dir1;
dir2 << sg.dir2;
@@
if dir1 == dir2:
    cocci.include_match(False)

@other_sg exists@
identifier sg.map, sg.unmap, sg.dir2;
expression sg.e, d1, d2;
position sg.q;
@@
map(d1, e, ..., dir2, ...)
... when any
unmap@q(d2, e, ...)

@depends on patch && !other_sg@
identifier sg.unmap, sg.dir1, sg.dir2;
position sg.q;
@@
unmap@q(...,
- dir2
+ dir1
  , ...)

// What is left
@found_single depends on !patch@
identifier single.unmap;
position single.q;
@@
unmap@q(...)

@found_sg depends on !patch@
identifier sg.unmap;
position sg.q;
@@
unmap@q(...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on found_single || found_sg || (apart && !fits)@
@@
\(dma_map_single\|dma_map_single_attrs\|dma_map_page\|dma_map_page_attrs\|
	skb_frag_dma_map\|__skb_frag_dma_map\|dma_map_bvec\|dma_map_phys\|
	dma_map_resource\|ib_dma_map_single\|ib_dma_map_page\|
	ib_dma_map_bvec\|virtqueue_dma_map_single_attrs\|dma_map_sg\|
	dma_map_sg_attrs\|ib_dma_map_sg\|ib_dma_map_sg_attrs\|
	dma_map_sgtable\)(...)

@depends on context && !other_single && any@
identifier single.unmap;
position single.q;
@@
* unmap@q(...)

@script:python depends on org && !other_single && any@
p << single.p;
q << single.q;
e << single.e;
dir2 << single.dir2;
dir1 << single.dir1;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, dir2, dir1))

@script:python depends on report && !other_single && any@
p << single.p;
q << single.q;
e << single.e;
dir2 << single.dir2;
dir1 << single.dir1;
@@
coccilib.report.print_report(q[0], message(p, q, e, dir2, dir1))

@depends on context && !again && !filled &&
	!fits && any@
identifier apart.unmap;
position apart.q;
@@
* unmap@q(...)

@script:python depends on org && !again && !filled &&
	!fits && any@
p << begin.p;
q << apart.q;
f << begin.f;
dir1 << begin.dir1;
dir2 << apart.dir2;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, f, dir2, dir1))

@script:python depends on report && !again && !filled &&
	!fits && any@
p << begin.p;
q << apart.q;
f << begin.f;
dir1 << begin.dir1;
dir2 << apart.dir2;
@@
coccilib.report.print_report(q[0], message(p, q, f, dir2, dir1))

@depends on context && !other_sg && any@
identifier sg.unmap;
position sg.q;
@@
* unmap@q(...)

@script:python depends on org && !other_sg && any@
p << sg.p;
q << sg.q;
e << sg.e;
dir2 << sg.dir2;
dir1 << sg.dir1;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, dir2, dir1))

@script:python depends on report && !other_sg && any@
p << sg.p;
q << sg.q;
e << sg.e;
dir2 << sg.dir2;
dir1 << sg.dir1;
@@
coccilib.report.print_report(q[0], message(p, q, e, dir2, dir1))
