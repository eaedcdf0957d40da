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
    return re.sub(r" (?=->|[][).])|(?<=->) |(?<=[[(.]) |"
                  r"(?<=[&*])(?<![])\w] [&*]) ", "", e)

def message(p, q, place, api, alloc):
    return "[missing-map] %s(): %s gets an address from %s(), but is memory " \
        "of %s() on line %s" % (
            q[0].current_element, text(place), api, alloc, p[0].line)

@any@
@@
\(virt_to_phys\|virt_to_bus\|virt_to_page\|__pa\|isa_virt_to_bus\)(...)

@r depends on any exists@
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

// The same member in two functions
@member depends on any@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent};
type T;
T *s;
identifier f;
position p;
@@
s->f = alloc@p(...)

@apart depends on member@
identifier api = {virt_to_phys, virt_to_bus, virt_to_page, __pa,
	isa_virt_to_bus};
type member.T;
T *s;
identifier member.f;
position q != r.q;
@@
api@q(<+... s->f ...+>)

@depends on context@
identifier r.api;
position r.q;
@@
* api@q(...)

@script:python depends on org@
p << r.p;
q << r.q;
e << r.e;
api << r.api;
alloc << r.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, api, alloc))

@script:python depends on report@
p << r.p;
q << r.q;
e << r.e;
api << r.api;
alloc << r.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, api, alloc))

@depends on context@
identifier apart.api;
position apart.q;
@@
* api@q(...)

@script:python depends on org@
p << member.p;
q << apart.q;
f << member.f;
api << apart.api;
alloc << member.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, f, api, alloc))

@script:python depends on report@
p << member.p;
q << apart.q;
f << member.f;
api << apart.api;
alloc << member.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, f, api, alloc))
