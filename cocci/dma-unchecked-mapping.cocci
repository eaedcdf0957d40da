// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Mapping can fail at any time: the bounce buffer or the IOMMU's address
/// space is full. Without dma_mapping_error() the device is given an address
/// that is none.
///
// Confidence: High
// Comments: Silent about a handle that is returned, about a member that is
// tested anywhere else in the file, and where a helper decides about the
// handle: the test may be theirs. A test that is none, such as "!handle", is
// what dma-wrong-check.cocci is about.
// Options: --no-includes
// Keywords: dma_map_single, dma_map_page, dma_mapping_error

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

def message(p, place, api):
    return "[unchecked-mapping] %s(): %s is used without a test whether " \
        "%s() failed" % (p[0].current_element, text(place), api)

@r@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
expression e;
position p;
@@
e = map@p(...)

@tested exists@
identifier r.map;
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression r.e, x;
position r.p;
@@
e = map@p(...)
... when any
(
test(...)
|
!e
|
e == x
|
e != x
)

@judged exists@
identifier r.map, helper;
expression r.e;
statement S;
position r.p;
@@
e = map@p(...)
... when any
(
if (<+... helper(..., e, ...) ...+>) S
|
return <+... e ...+>;
)

@answered depends on !judged exists@
identifier r.map, helper;
local idexpression x;
expression r.e;
statement S;
position r.p;
@@
e = map@p(...)
... when any
x = helper(..., e, ...);
if (<+... x ...+>) S

@untested depends on !tested && !judged && !answered@
identifier r.map;
expression r.e;
position r.p;
@@
e = map@p(...)

@member depends on untested@
expression r.e, x;
identifier fld;
@@
x->fld@e

@elsewhere@
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
identifier member.fld;
expression x;
@@
test(..., <+... x->fld ...+>)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on untested@
@@
\(dma_map_single\|dma_map_single_attrs\|dma_map_page\|dma_map_page_attrs\|
	skb_frag_dma_map\|__skb_frag_dma_map\|dma_map_bvec\|dma_map_phys\|
	dma_map_resource\|ib_dma_map_single\|ib_dma_map_page\|
	ib_dma_map_bvec\|virtqueue_dma_map_single_attrs\)(...)

@depends on context && untested && !elsewhere && any@
identifier r.map;
position r.p;
@@
* map@p(...)

@script:python depends on org && untested && !elsewhere && any@
p << r.p;
e << r.e;
map << r.map;
@@
coccilib.org.print_safe_todo(p[0], message(p, e, map))

@script:python depends on report && untested && !elsewhere && any@
p << r.p;
e << r.e;
map << r.map;
@@
coccilib.report.print_report(p[0], message(p, e, map))
