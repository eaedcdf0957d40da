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

@any@
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

// A handle compared with what a number or a pointer may be compared with.
@map depends on any@
identifier f = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
expression e;
position p;
@@
e = f@p(...)

@asked@
expression map.e;
position q;
@@
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

@handle exists@
identifier map.f;
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression map.e, x;
position map.p, asked.q;
@@
e = f@p(...)
... when != test(...)
    when != e = x
e@q

// The question was about what came before, in the last round of a loop.
@script:python depends on handle@
p << map.p;
q << asked.q;
@@
if int(q[0].line) <= int(p[0].line):
    cocci.include_match(False)

@device depends on patch && handle@
identifier f = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, dma_map_resource};
expression map.e, d;
position map.p;
@@
e = f@p(d, ...)

@depends on patch && device@
expression map.e, device.d;
position asked.q;
@@
(
- e@q == 0
+ dma_mapping_error(d, e)
|
- e@q == NULL
+ dma_mapping_error(d, e)
)

// The handle of coherent memory was not mapped.
@test depends on any@
identifier f = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression h;
position q;
@@
f@q(..., h)

@coherent exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_pool_alloc, dma_pool_zalloc,
	usb_alloc_coherent, hcd_buffer_alloc};
identifier test.f;
expression test.h, e, x;
position p, test.q;
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
identifier test.f;
expression coherent.e;
statement S;
position test.q;
@@
  if (
- f@q(...)
+ !e
  ) S

// Memory taken for an ERR_PTR().
@pointer depends on any@
identifier f = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent, hcd_buffer_alloc,
	hcd_buffer_alloc_pages, dma_vmap_noncontiguous, dma_alloc_pages,
	dma_alloc_noncontiguous, dma_pool_create, dmam_pool_create};
expression e;
position p;
@@
e = f@p(...)

@is_err@
expression pointer.e;
position q;
@@
(
 IS_ERR(e@q)
|
 IS_ERR_VALUE(e@q)
|
 PTR_ERR_OR_ZERO(e@q)
|
 e@q < 0
)

@memory exists@
identifier pointer.f;
expression pointer.e, x;
position pointer.p, is_err.q;
@@
e = f@p(...)
... when != e == NULL
    when != e != NULL
    when != e = x
e@q

// A count of mapped entries that is never negative.
@sg depends on any@
identifier f = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
expression e;
position p;
@@
e = f@p(...)

@sign@
expression sg.e;
position q;
@@
(
 e@q < 0
|
 IS_ERR_VALUE(e@q)
|
 IS_ERR(e@q)
)

@count exists@
identifier sg.f;
expression sg.e, x;
position sg.p, sign.q;
@@
e = f@p(...)
... when != e == 0
    when != e != 0
    when != e < 1
    when != e <= 0
    when != e > 0
    when != e = x
e@q

// An ERR_PTR() taken for NULL.
@attach depends on any@
identifier f = {dma_buf_attach, dma_buf_dynamic_attach,
	dma_buf_map_attachment, dma_buf_map_attachment_unlocked};
expression e;
position p;
@@
e = f@p(...)

@is_null@
expression attach.e;
position q;
@@
(
 e@q == NULL
|
 e@q != NULL
)

@error_pointer exists@
identifier attach.f;
expression attach.e, x;
position attach.p, is_null.q;
@@
e = f@p(...)
... when != IS_ERR(e)
    when != IS_ERR_OR_NULL(e)
    when != PTR_ERR_OR_ZERO(e)
    when != e = x
e@q

@depends on context && handle@
expression map.e;
position asked.q;
@@
* e@q

@script:python depends on org && handle@
p << map.p;
q << asked.q;
e << map.e;
f << map.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "its value", f))

@script:python depends on report && handle@
p << map.p;
q << asked.q;
e << map.e;
f << map.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "its value", f))

@depends on context && memory@
expression pointer.e;
position is_err.q;
@@
* e@q

@script:python depends on org && memory@
p << pointer.p;
q << is_err.q;
e << pointer.e;
f << pointer.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "IS_ERR()", f))

@script:python depends on report && memory@
p << pointer.p;
q << is_err.q;
e << pointer.e;
f << pointer.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "IS_ERR()", f))

@depends on context && coherent@
identifier test.f;
position test.q;
@@
* f@q(...)

@script:python depends on org && coherent@
p << coherent.p;
q << test.q;
h << test.h;
f << test.f;
alloc << coherent.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, h, f + "()", alloc))

@script:python depends on report && coherent@
p << coherent.p;
q << test.q;
h << test.h;
f << test.f;
alloc << coherent.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, h, f + "()", alloc))

@depends on context && count@
expression sg.e;
position sign.q;
@@
* e@q

@script:python depends on org && count@
p << sg.p;
q << sign.q;
e << sg.e;
f << sg.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "its sign", f))

@script:python depends on report && count@
p << sg.p;
q << sign.q;
e << sg.e;
f << sg.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "its sign", f))

@depends on context && error_pointer@
expression attach.e;
position is_null.q;
@@
* e@q

@script:python depends on org && error_pointer@
p << attach.p;
q << is_null.q;
e << attach.e;
f << attach.f;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, "NULL", f))

@script:python depends on report && error_pointer@
p << attach.p;
q << is_null.q;
e << attach.e;
f << attach.f;
@@
coccilib.report.print_report(q[0], message(p, q, e, "NULL", f))
