// SPDX-License-Identifier: GPL-2.0-or-later
///
/// What was never mapped cannot be unmapped: the address is not one, and an
/// IOMMU or bounce buffer is asked to undo a mapping that may be somebody
/// else's.
///
// Confidence: High
// Comments: Silent where anything else is asked on the way from the failure to
// the release.
// Options: --no-includes
// Keywords: dma_mapping_error, dma_unmap_single, dma_pool_free, dma_map_sg

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

def message(p, q, place, free):
    return "[release-of-failed] %s(): %s() releases %s, which was not " \
        "acquired: see on line %s" % (
            q[0].current_element, free, text(place), p[0].line)

@handle exists@
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
identifier free = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
expression e, x, d1, d2;
statement S;
position p, q;
@@
if (unlikely(test@p(d1, e))) {
	... when != e = x
	    when != for (...;...;...) S
	    when != while (...) S
	free@q(d2, e, ...);
	... when any
}

@failed@
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression e, d1;
identifier l;
position p, g;
@@
if (unlikely(test@p(d1, e)))
(
{
	...
	goto@g l;
}
|
	goto@g l;
)

@label exists@
identifier free = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
expression failed.e, x, d2;
identifier failed.l;
statement S1, S2;
iterator I;
position failed.g, q;
@@
goto@g l;
... when != e = x
    when != if (...) S1 else S2
    when != for (...;...;...) S1
    when != while (...) S1
    when != I(...) S1
free@q(d2, e, ...);

@block exists@
identifier alloc = {dma_pool_alloc, dma_pool_zalloc};
identifier free = {dma_pool_free};
expression e, x, d2;
statement S;
position p, q;
@@
e = alloc@p(...)
... when != e
if (unlikely(e == NULL)) {
	... when != e = x
	    when != for (...;...;...) S
	    when != while (...) S
	free@q(d2, e, ...);
	... when any
}

@sg exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier free = {dma_unmap_sg, dma_unmap_sg_attrs, ib_dma_unmap_sg,
	ib_dma_unmap_sg_attrs};
expression e, x, d1, d2, n;
statement S;
position p, q;
@@
n = map@p(d1, e, ...)
... when != n
if (unlikely(n == 0)) {
	... when != e = x
	    when != for (...;...;...) S
	    when != while (...) S
	free@q(d2, e, ...);
	... when any
}

@sg_inside exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier free = {dma_unmap_sg, dma_unmap_sg_attrs, ib_dma_unmap_sg,
	ib_dma_unmap_sg_attrs};
expression e, x, d1, d2;
statement S;
position p, q;
@@
if (unlikely(!map@p(d1, e, ...))) {
	... when != e = x
	    when != for (...;...;...) S
	    when != while (...) S
	free@q(d2, e, ...);
	... when any
}

@table exists@
identifier map = {dma_map_sgtable};
identifier free = {dma_unmap_sgtable};
expression e, x, d1, d2, n;
statement S;
position p, q;
@@
n = map@p(d1, e, ...)
... when != n
if (unlikely(n)) {
	... when != e = x
	    when != for (...;...;...) S
	    when != while (...) S
	free@q(d2, e, ...);
	... when any
}

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on handle || label || block || sg || sg_inside ||
	table@
@@
\(dma_mapping_error\|ib_dma_mapping_error\|virtqueue_dma_mapping_error\|
	dma_pool_alloc\|dma_pool_zalloc\|dma_map_sg\|dma_map_sg_attrs\|
	ib_dma_map_sg\|ib_dma_map_sg_attrs\|dma_map_sgtable\)(...)

@depends on patch && any@
identifier handle.free;
position handle.q;
@@
- free@q(...);

@depends on context && any@
identifier handle.free;
position handle.q;
@@
* free@q(...)

@script:python depends on org && any@
p << handle.p;
q << handle.q;
e << handle.e;
free << handle.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << handle.p;
q << handle.q;
e << handle.e;
free << handle.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))

@depends on context && any@
identifier label.free;
position label.q;
@@
* free@q(...)

@script:python depends on org && any@
p << failed.p;
q << label.q;
e << failed.e;
free << label.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << failed.p;
q << label.q;
e << failed.e;
free << label.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))

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
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << block.p;
q << block.q;
e << block.e;
free << block.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))

@depends on context && any@
identifier sg.free;
position sg.q;
@@
* free@q(...)

@script:python depends on org && any@
p << sg.p;
q << sg.q;
e << sg.e;
free << sg.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << sg.p;
q << sg.q;
e << sg.e;
free << sg.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))

@depends on context && any@
identifier sg_inside.free;
position sg_inside.q;
@@
* free@q(...)

@script:python depends on org && any@
p << sg_inside.p;
q << sg_inside.q;
e << sg_inside.e;
free << sg_inside.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << sg_inside.p;
q << sg_inside.q;
e << sg_inside.e;
free << sg_inside.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))

@depends on context && any@
identifier table.free;
position table.q;
@@
* free@q(...)

@script:python depends on org && any@
p << table.p;
q << table.q;
e << table.e;
free << table.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << table.p;
q << table.q;
e << table.e;
free << table.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))
