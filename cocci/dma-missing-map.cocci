// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A physical address is what the CPU's memory controller understands, and
/// memory of dma_alloc_coherent() may lie where virt_to_phys() and
/// virt_to_page() make nonsense of its pointer: the handle is the address of
/// the device, and dma_get_sgtable() knows the pages.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_alloc_coherent, virt_to_phys, virt_to_page, virt_to_bus

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

def physical(p, f, api):
    return "[missing-map] %s(): %s gets a physical address from %s(), but a " \
        "device needs a DMA address" % (p[0].current_element, f, api)

def message(p, q, place, api, alloc):
    return "[missing-map] %s(): %s gets an address from %s(), but is memory " \
        "of %s() on line %s" % (
            q[0].current_element, text(place), api, alloc, p[0].line)

@r exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent};
identifier api = {virt_to_phys, virt_to_bus, virt_to_page, __pa,
	isa_virt_to_bus};
expression e, x;
position p, q;
@@
e = alloc@p(...)
... when != e = x
api@q(<+... e ...+>)

// What a device is given elsewhere in the file is a DMA address.
@address@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	usb_alloc_coherent};
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
expression s, d;
identifier f;
@@
(
alloc(d, ..., &s->f, ...)
|
s->f = map(d, ...)
)

@member depends on address@
identifier api = {virt_to_phys, virt_to_bus, __pa, isa_virt_to_bus};
expression e, x;
identifier address.f;
position p;
@@
x->f = api@p(e)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r || member@
@@
\(virt_to_phys\|virt_to_bus\|virt_to_page\|__pa\|isa_virt_to_bus\)(...)

@depends on context && any@
identifier member.api;
position member.p;
@@
* api@p(...)

@script:python depends on org && any@
p << member.p;
f << address.f;
api << member.api;
@@
coccilib.org.print_safe_todo(p[0], physical(p, f, api))

@script:python depends on report && any@
p << member.p;
f << address.f;
api << member.api;
@@
coccilib.report.print_report(p[0], physical(p, f, api))

@depends on context && any@
identifier r.api;
position r.q;
@@
* api@q(...)

@script:python depends on org && any@
p << r.p;
q << r.q;
e << r.e;
api << r.api;
alloc << r.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, api, alloc))

@script:python depends on report && any@
p << r.p;
q << r.q;
e << r.e;
api << r.api;
alloc << r.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, api, alloc))
