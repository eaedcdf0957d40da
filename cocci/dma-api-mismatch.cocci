// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Each way to get DMA memory has its own way back: what dma_alloc_coherent()
/// gave is no business of kfree(), and what dma_map_sg() mapped is not
/// unmapped entry by entry.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_pool_alloc, kfree, dma_unmap_sg

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

def message(p, q, place, free, alloc):
    return "[api-mismatch] %s(): %s is released by %s(), but was acquired " \
        "by %s() on line %s" % (
            q[0].current_element, text(place), free, alloc, p[0].line)

@coherent exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs};
identifier free = {kfree, kvfree, vfree, kfree_sensitive, devm_kfree,
	dma_pool_free, usb_free_coherent, dma_free_noncoherent,
	dma_unmap_single, dma_unmap_page};
expression e, x, h, d1, s1;
position p, q;
@@
e = alloc@p(d1, s1, &h, ...)
... when != e = x
    when != h = x
free@q(..., \(e\|h\), ...)

@block exists@
identifier alloc = {dma_pool_alloc, dma_pool_zalloc};
identifier free = {kfree, kvfree, vfree, kfree_sensitive, devm_kfree,
	dma_free_coherent, dma_free_attrs, dma_free_wc, dma_free_writecombine,
	dma_free_noncoherent, usb_free_coherent, dma_unmap_single};
expression e, x;
position p, q;
@@
e = alloc@p(...)
... when != e = x
free@q(..., e, ...)

@usb exists@
identifier alloc = {usb_alloc_coherent, hcd_buffer_alloc};
identifier free = {kfree, kvfree, vfree, kfree_sensitive,
	dma_free_coherent, dma_free_attrs, dma_free_wc, dma_free_writecombine,
	dma_free_noncoherent, dma_pool_free, dma_unmap_single};
expression e, x;
position p, q;
@@
e = alloc@p(...)
... when != e = x
free@q(..., e, ...)

@plain exists@
identifier alloc = {kmalloc, kzalloc, kcalloc, kmalloc_array, vmalloc,
	vzalloc};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, dma_pool_free,
	usb_free_coherent};
expression e, x;
position p, q;
@@
e = alloc@p(...)
... when != e = x
free@q(..., e, ...)

// Memory of either kind, freed as it was acquired
@either exists@
identifier other = {kmalloc, kzalloc, kcalloc, kmalloc_array, vmalloc,
	vzalloc, dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent};
identifier coherent.free;
expression coherent.e;
position coherent.q;
@@
e = other(...)
... when any
free@q(...)

@either_plain exists@
identifier other = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent};
identifier plain.free;
expression plain.e;
position plain.q;
@@
e = other(...)
... when any
free@q(...)

@mapping exists@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map};
identifier unmap = {dma_unmap_sg, dma_unmap_sg_attrs,
	dma_unmap_resource, dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent};
expression e, x;
position p, q;
@@
e = map@p(...)
... when != e = x
unmap@q(..., e, ...)

@resource exists@
identifier map = {dma_map_resource};
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_sg};
expression e, x;
position p, q;
@@
e = map@p(...)
... when != e = x
unmap@q(..., e, ...)

@entries exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs};
expression e, x, d1, d2;
position p, q;
@@
map@p(d1, e, ...)
... when != e = x
unmap@q(d2, sg_dma_address(e), ...)

// A member that is acquired in one way only
@begin@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, dma_pool_alloc, dma_pool_zalloc,
	usb_alloc_coherent};
type T;
T *s;
identifier f;
position p;
@@
s->f = alloc@p(...)

@apart depends on begin@
identifier free = {kfree, kvfree, vfree, kfree_sensitive, devm_kfree};
type begin.T;
T *s;
identifier begin.f;
position q != {coherent.q, block.q, usb.q};
@@
free@q(..., s->f, ...)

// or in another way too
@otherwise depends on apart@
type begin.T;
T *s;
identifier begin.f, g != begin.alloc;
identifier v;
expression x;
@@
(
s->f = g(...)
|
s->f = v
|
s->f = x->v
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on coherent || block || usb || plain || apart ||
	mapping || resource || entries@
@@
\(dma_map_single\|dma_map_single_attrs\|dma_map_page\|dma_map_page_attrs\|
	skb_frag_dma_map\|__skb_frag_dma_map\|dma_map_bvec\|dma_map_phys\|
	dma_map_resource\|ib_dma_map_single\|ib_dma_map_page\|
	ib_dma_map_bvec\|virtqueue_dma_map_single_attrs\|dma_map_sg\|
	dma_map_sg_attrs\|ib_dma_map_sg\|ib_dma_map_sg_attrs\|
	dma_alloc_coherent\|dma_alloc_attrs\|dma_zalloc_coherent\|
	dma_alloc_wc\|dma_alloc_writecombine\|dma_alloc_noncoherent\|
	dma_pool_alloc\|dma_pool_zalloc\|usb_alloc_coherent\)(...)

@depends on patch && any && !either@
expression coherent.e, coherent.h, coherent.d1, coherent.s1;
position coherent.q;
@@
- kfree@q(e)
+ dma_free_coherent(d1, s1, e, h)

@depends on context && !either && any@
identifier coherent.free;
position coherent.q;
@@
* free@q(...)

@script:python depends on org && !either && any@
p << coherent.p;
q << coherent.q;
e << coherent.e;
free << coherent.free;
alloc << coherent.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free, alloc))

@script:python depends on report && !either && any@
p << coherent.p;
q << coherent.q;
e << coherent.e;
free << coherent.free;
alloc << coherent.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, free, alloc))

@depends on context && any@
identifier block.free;
position block.q;
@@
* free@q(...)

@script:python depends on org && any@
p << block.p;
q << block.q;
e << block.e;
free << block.free;
alloc << block.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free, alloc))

@script:python depends on report && any@
p << block.p;
q << block.q;
e << block.e;
free << block.free;
alloc << block.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, free, alloc))

@depends on context && any@
identifier usb.free;
position usb.q;
@@
* free@q(...)

@script:python depends on org && any@
p << usb.p;
q << usb.q;
e << usb.e;
free << usb.free;
alloc << usb.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free, alloc))

@script:python depends on report && any@
p << usb.p;
q << usb.q;
e << usb.e;
free << usb.free;
alloc << usb.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, free, alloc))

@depends on context && !either_plain && any@
identifier plain.free;
position plain.q;
@@
* free@q(...)

@script:python depends on org && !either_plain && any@
p << plain.p;
q << plain.q;
e << plain.e;
free << plain.free;
alloc << plain.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free, alloc))

@script:python depends on report && !either_plain && any@
p << plain.p;
q << plain.q;
e << plain.e;
free << plain.free;
alloc << plain.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, free, alloc))

@depends on context && !otherwise && any@
identifier apart.free;
position apart.q;
@@
* free@q(...)

@script:python depends on org && !otherwise && any@
p << begin.p;
q << apart.q;
f << begin.f;
free << apart.free;
alloc << begin.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, f, free, alloc))

@script:python depends on report && !otherwise && any@
p << begin.p;
q << apart.q;
f << begin.f;
free << apart.free;
alloc << begin.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, f, free, alloc))

@depends on context && any@
identifier mapping.unmap;
position mapping.q;
@@
* unmap@q(...)

@script:python depends on org && any@
p << mapping.p;
q << mapping.q;
e << mapping.e;
unmap << mapping.unmap;
map << mapping.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, unmap, map))

@script:python depends on report && any@
p << mapping.p;
q << mapping.q;
e << mapping.e;
unmap << mapping.unmap;
map << mapping.map;
@@
coccilib.report.print_report(q[0], message(p, q, e, unmap, map))

@depends on context && any@
identifier resource.unmap;
position resource.q;
@@
* unmap@q(...)

@script:python depends on org && any@
p << resource.p;
q << resource.q;
e << resource.e;
unmap << resource.unmap;
map << resource.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, unmap, map))

@script:python depends on report && any@
p << resource.p;
q << resource.q;
e << resource.e;
unmap << resource.unmap;
map << resource.map;
@@
coccilib.report.print_report(q[0], message(p, q, e, unmap, map))

@depends on context && any@
identifier entries.unmap;
position entries.q;
@@
* unmap@q(...)

@script:python depends on org && any@
p << entries.p;
q << entries.q;
e << entries.e;
unmap << entries.unmap;
map << entries.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, unmap, map))

@script:python depends on report && any@
p << entries.p;
q << entries.q;
e << entries.e;
unmap << entries.unmap;
map << entries.map;
@@
coccilib.report.print_report(q[0], message(p, q, e, unmap, map))
