// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Coherent memory is often large and contiguous: such an allocation fails on
/// a busy system long before small ones do. Its result must be compared with
/// NULL before anything is read from it or written to it.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_pool_alloc, NULL

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

def message(p, q, place, api):
    return "[unchecked-alloc] %s(): %s is used without a test whether " \
        "%s() failed on line %s" % (q[0].current_element, text(place), api,
                                    p[0].line)

// tested where it is assigned
@inner@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent, hcd_buffer_alloc,
	hcd_buffer_alloc_pages, dma_vmap_noncontiguous};
expression e;
statement S1, S2;
position p;
@@
(
if (<+... e = alloc@p(...) ...+>) S1 else S2
|
while (<+... e = alloc@p(...) ...+>) S1
)

@r exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent, hcd_buffer_alloc,
	hcd_buffer_alloc_pages, dma_vmap_noncontiguous};
expression e, x;
identifier fld;
position p != inner.p;
position q;
@@
e = alloc@p(...)
... when != e == NULL
    when != e != NULL
    when != IS_ERR_OR_NULL(e)
    when != e = x
(
 memset@q(e, ...)
|
 memcpy@q(e, ...)
|
 e@q->fld
|
 e@q[...]
|
 (*e)@q
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r@
@@
\(dma_alloc_coherent\|dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dmam_alloc_coherent\|dmam_alloc_attrs\|
	dma_alloc_noncoherent\|dma_pool_alloc\|dma_pool_zalloc\|
	usb_alloc_coherent\|hcd_buffer_alloc\|hcd_buffer_alloc_pages\|
	dma_vmap_noncontiguous\)(...)

@depends on context && any@
identifier r.alloc;
position r.p;
@@
* alloc@p(...)

@script:python depends on org && any@
p << r.p;
q << r.q;
e << r.e;
alloc << r.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, alloc))

@script:python depends on report && any@
p << r.p;
q << r.q;
e << r.e;
alloc << r.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, alloc))
