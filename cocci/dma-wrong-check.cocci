// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Each acquire has one way to say that it failed, and no other test sees it:
/// a handle is asked about with dma_mapping_error(), as 0 is a valid address;
/// coherent memory is NULL, never an ERR_PTR(), and its handle says nothing;
/// dma_map_sg() returns 0, dma_map_sgtable() an error, and
/// dma_buf_map_attachment() an ERR_PTR().
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_mapping_error, IS_ERR, NULL

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

def message(p, q, place, wrong, api):
    return "[wrong-check] %s(): %s is tested by %s, which does not see a " \
        "failure of %s() on line %s" % (q[0].current_element, text(place),
                                        wrong, api, p[0].line)

// A handle compared with what a number or a pointer may be compared with.
@handle exists@
identifier f = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression e, x;
position p, q;
@@
e = f@p(...)
... when != test(...)
    when != e = x
(
 e@q == 0
|
 e@q == NULL
|
 e@q != NULL
|
 e@q < 0
|
 e@q <= 0
|
 IS_ERR(e@q)
|
 IS_ERR_OR_NULL(e@q)
|
 IS_ERR_VALUE(e@q)
)

// The question was about what came before, in the last round of a loop.
@script:python depends on handle@
p << handle.p;
q << handle.q;
@@
if int(q[0].line) <= int(p[0].line):
    cocci.include_match(False)

@device depends on patch && handle@
identifier f = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, dma_map_resource};
expression handle.e, d;
position handle.p;
@@
e = f@p(d, ...)

@depends on patch && device@
expression handle.e, device.d;
position handle.q;
@@
(
- e@q == 0
+ dma_mapping_error(d, e)
|
- e@q == NULL
+ dma_mapping_error(d, e)
)

// The handle of coherent memory was not mapped.
@coherent exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_pool_alloc, dma_pool_zalloc,
	usb_alloc_coherent, hcd_buffer_alloc};
identifier f = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression h, e, x;
position p, q;
@@
(
e = alloc@p(..., &h, ...)
|
h = alloc@p(...)
)
... when != e == NULL
    when != e != NULL
    when != h = x
f@q(..., h)

@depends on patch && coherent@
identifier coherent.f;
expression coherent.e;
statement S;
position coherent.q;
@@
  if (
- f@q(...)
+ !e
  ) S

// Memory taken for an ERR_PTR().
@memory exists@
identifier f = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent, hcd_buffer_alloc,
	hcd_buffer_alloc_pages, dma_vmap_noncontiguous, dma_alloc_pages,
	dma_alloc_noncontiguous, dma_pool_create, dmam_pool_create};
expression e, x;
position p, q;
@@
e = f@p(...)
... when != e == NULL
    when != e != NULL
    when != e = x
(
 IS_ERR(e@q)
|
 IS_ERR_VALUE(e@q)
|
 PTR_ERR_OR_ZERO(e@q)
|
 e@q < 0
)

// A count of mapped entries that is never negative.
@count exists@
identifier f = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
expression e, x;
position p, q;
@@
e = f@p(...)
... when != e == 0
    when != e != 0
    when != e < 1
    when != e <= 0
    when != e > 0
    when != e = x
(
 e@q < 0
|
 IS_ERR_VALUE(e@q)
|
 IS_ERR(e@q)
)

// An ERR_PTR() taken for NULL.
@error_pointer exists@
identifier f = {dma_buf_attach, dma_buf_dynamic_attach,
	dma_buf_map_attachment, dma_buf_map_attachment_unlocked};
expression e, x;
position p, q;
@@
e = f@p(...)
... when != IS_ERR(e)
    when != IS_ERR_OR_NULL(e)
    when != PTR_ERR_OR_ZERO(e)
    when != e = x
(
 e@q == NULL
|
 e@q != NULL
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on handle || coherent || memory || count ||
	error_pointer@
@@
\(dma_map_single\|dma_map_single_attrs\|dma_map_page\|dma_map_page_attrs\|
	skb_frag_dma_map\|__skb_frag_dma_map\|dma_map_bvec\|dma_map_phys\|
	dma_map_resource\|ib_dma_map_single\|ib_dma_map_page\|
	ib_dma_map_bvec\|virtqueue_dma_map_single_attrs\|dma_alloc_coherent\|
	dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dmam_alloc_coherent\|dmam_alloc_attrs\|
	dma_alloc_noncoherent\|dma_pool_alloc\|dma_pool_zalloc\|
	usb_alloc_coherent\|hcd_buffer_alloc\|hcd_buffer_alloc_pages\|
	dma_vmap_noncontiguous\|dma_map_sg\|dma_map_sg_attrs\|ib_dma_map_sg\|
	ib_dma_map_sg_attrs\|dma_alloc_pages\|dma_alloc_noncontiguous\|
	dma_pool_create\|dmam_pool_create\|dma_buf_attach\|
	dma_buf_dynamic_attach\|dma_buf_map_attachment\|
	dma_buf_map_attachment_unlocked\)(...)

@depends on context && any@
expression handle.e;
position handle.q;
@@
* e@q

@script:python depends on org && any@
p << handle.p;
q << handle.q;
e << handle.e;
f << handle.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "its value", f))

@script:python depends on report && any@
p << handle.p;
q << handle.q;
e << handle.e;
f << handle.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "its value", f))

@depends on context && any@
expression memory.e;
position memory.q;
@@
* e@q

@script:python depends on org && any@
p << memory.p;
q << memory.q;
e << memory.e;
f << memory.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "IS_ERR()", f))

@script:python depends on report && any@
p << memory.p;
q << memory.q;
e << memory.e;
f << memory.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "IS_ERR()", f))

@depends on context && any@
identifier coherent.f;
position coherent.q;
@@
* f@q(...)

@script:python depends on org && any@
p << coherent.p;
q << coherent.q;
h << coherent.h;
f << coherent.f;
alloc << coherent.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, h, f + "()", alloc))

@script:python depends on report && any@
p << coherent.p;
q << coherent.q;
h << coherent.h;
f << coherent.f;
alloc << coherent.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, h, f + "()", alloc))

@depends on context && any@
expression count.e;
position count.q;
@@
* e@q

@script:python depends on org && any@
p << count.p;
q << count.q;
e << count.e;
f << count.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "its sign", f))

@script:python depends on report && any@
p << count.p;
q << count.q;
e << count.e;
f << count.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "its sign", f))

@depends on context && any@
expression error_pointer.e;
position error_pointer.q;
@@
* e@q

@script:python depends on org && any@
p << error_pointer.p;
q << error_pointer.q;
e << error_pointer.e;
f << error_pointer.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "NULL", f))

@script:python depends on report && any@
p << error_pointer.p;
q << error_pointer.q;
e << error_pointer.e;
f << error_pointer.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "NULL", f))
