// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A DMA address means something to one device only: another one may sit
/// behind another IOMMU, another bounce buffer or another bus offset.
///
// Confidence: Moderate
// Comments: Silent where one of the two devices is a pointer that is kept, or
// where both ways to write it end alike.
// Options: --no-includes
// Keywords: dma_map_single, dma_unmap_single, dma_mapping_error, device

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

def message(p, q, place, api, d2, d1):
    return "[device-mismatch] %s(): %s is given to %s() with %s, but was " \
        "acquired with %s on line %s" % (
            q[0].current_element, text(place), api, text(d2), text(d1),
            p[0].line)

# The end of a path says what kind of device it is, whatever leads to it.
def kind(d):
    d = re.sub("pci_?dev|pci", "pdev", re.sub("[&()]", "", text(d)))
    return re.split(r"->|\.", d)[-2:]

# Only what a structure holds itself is certainly another device than that of
# another structure: a pointer may lead to either.
def embedded(d):
    return text(d).startswith("&") and len(kind(d)) > 1

def alike(a, b):
    return not (embedded(a) and embedded(b)) or kind(a) == kind(b)

@memory exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent};
expression e, x, d1, d2, s1, s2;
position p, q;
@@
e = alloc@p(d1, s1, ...)
... when != e = x
    when != d1 = x
free@q(d2, s2, e, ...)

@single exists@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
identifier free = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs, dma_mapping_error,
	ib_dma_mapping_error, virtqueue_dma_mapping_error};
expression e, x, d1, d2;
position p, q;
@@
e = map@p(d1, ...)
... when != e = x
    when != d1 = x
free@q(d2, e, ...)

@sg exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier free = {dma_unmap_sg, dma_unmap_sg_attrs, ib_dma_unmap_sg,
	ib_dma_unmap_sg_attrs};
expression e, x, d1, d2;
position p, q;
@@
map@p(d1, e, ...)
... when != e = x
    when != d1 = x
free@q(d2, e, ...)

@script:python depends on memory@
d1 << memory.d1;
d2 << memory.d2;
@@
if alike(d1, d2):
    cocci.include_match(False)

@script:python depends on single@
d1 << single.d1;
d2 << single.d2;
@@
if alike(d1, d2):
    cocci.include_match(False)

@script:python depends on sg@
d1 << sg.d1;
d2 << sg.d2;
@@
if alike(d1, d2):
    cocci.include_match(False)

// What is left
@found_memory@
identifier memory.free;
position memory.q;
@@
free@q(...)

@found_single@
identifier single.free;
position single.q;
@@
free@q(...)

@found_sg@
identifier sg.free;
position sg.q;
@@
free@q(...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on found_memory || found_single || found_sg@
@@
\(dma_map_single\|dma_map_single_attrs\|dma_map_page\|dma_map_page_attrs\|
	skb_frag_dma_map\|__skb_frag_dma_map\|dma_map_bvec\|dma_map_phys\|
	dma_map_resource\|ib_dma_map_single\|ib_dma_map_page\|
	ib_dma_map_bvec\|virtqueue_dma_map_single_attrs\|dma_alloc_coherent\|
	dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dma_alloc_noncoherent\|dma_map_sg\|
	dma_map_sg_attrs\|ib_dma_map_sg\|ib_dma_map_sg_attrs\)(...)

@depends on context && any@
identifier memory.free;
position memory.q;
@@
* free@q(...)

@script:python depends on org && any@
p << memory.p;
q << memory.q;
e << memory.e;
d1 << memory.d1;
d2 << memory.d2;
api << memory.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, api, d2, d1))

@script:python depends on report && any@
p << memory.p;
q << memory.q;
e << memory.e;
d1 << memory.d1;
d2 << memory.d2;
api << memory.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, api, d2, d1))

@depends on context && any@
identifier single.free;
position single.q;
@@
* free@q(...)

@script:python depends on org && any@
p << single.p;
q << single.q;
e << single.e;
d1 << single.d1;
d2 << single.d2;
api << single.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, api, d2, d1))

@script:python depends on report && any@
p << single.p;
q << single.q;
e << single.e;
d1 << single.d1;
d2 << single.d2;
api << single.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, api, d2, d1))

@depends on context && any@
identifier sg.free;
position sg.q;
@@
* free@q(...)

@script:python depends on org && any@
p << sg.p;
q << sg.q;
e << sg.e;
d1 << sg.d1;
d2 << sg.d2;
api << sg.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, api, d2, d1))

@script:python depends on report && any@
p << sg.p;
q << sg.q;
e << sg.e;
d1 << sg.d1;
d2 << sg.d2;
api << sg.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, api, d2, d1))
