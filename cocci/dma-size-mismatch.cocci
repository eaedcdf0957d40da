// SPDX-License-Identifier: GPL-2.0-or-later
///
/// The size of a release must be that of the acquire: an IOMMU unmaps as many
/// pages as it says, a page allocator frees as many, a bounce buffer copies as
/// many bytes back.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_free_coherent, dma_unmap_single, size

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

def pointed(p, c):
    return "[size-mismatch] %s(): %s is mapped with the size of a pointer, " \
        "not of what it leads to" % (p[0].current_element, text(c))

def message(p, q, place, s2, s1):
    return "[size-mismatch] %s(): %s is released with size %s, but was " \
        "acquired with %s on line %s" % (
            q[0].current_element, text(place), text(s2), text(s1), p[0].line)

# Two ways to write one size are many: it is another size where both are made
# of constants, or where they have a part in common. A variable that only one
# of them has may be 1, or 0.
def parts(s):
    s = re.sub(r"\[[^]]*\]|\bstruct\b|\bPAGE_SIZE\b", "", s)
    return set(re.findall(r"[A-Za-z_]\w*(?:(?:->|\.)\w+)*\b(?!\()", s))

def alike(a, b):
    a, b = text(a), text(b)
    if a.strip("()") == b.strip("()") or "dma_unmap_len" in a + b:
        return True
    constant = re.compile(r"[A-Z0-9_x()*+< -]+")
    if constant.fullmatch(a) and constant.fullmatch(b):
        return False
    more = [{v for v in one - other if not constant.fullmatch(v)}
            for one, other in ((parts(a), parts(b)), (parts(b), parts(a)))]
    return not parts(a) & parts(b) or bool(more[0]) != bool(more[1])

@memory exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, usb_alloc_coherent, hcd_buffer_alloc};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, usb_free_coherent,
	hcd_buffer_free};
expression e, x, s1, s2, d1, d2;
position p, q;
@@
e = alloc@p(d1, s1, ...)
... when != e = x
    when != s1 = x
free@q(d2, s2, e, ...)

@single exists@
identifier map = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
expression e, x, s1, s2, d1, d2, c;
position p, q;
@@
e = map@p(d1, c, s1, ...)
... when != e = x
    when != s1 = x
unmap@q(d2, e, s2, ...)

@page exists@
identifier map = {dma_map_page, dma_map_page_attrs, ib_dma_map_page,
	skb_frag_dma_map};
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
expression e, x, s1, s2, d1, d2, c, o;
position p, q;
@@
e = map@p(d1, c, o, s1, ...)
... when != e = x
    when != s1 = x
unmap@q(d2, e, s2, ...)

// A buffer and its size are members of one structure, here and there.
@begin@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, usb_alloc_coherent};
type T;
T *s;
identifier f, n1;
expression d;
position p;
@@
s->f = alloc@p(d, s->n1, ...)

@apart depends on begin@
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, usb_free_coherent};
type begin.T;
T *s;
identifier begin.f, n2 != begin.n1;
expression d;
position q;
@@
free@q(d, s->n2, s->f, ...)

// It is acquired with that size too, or the two are the same.
@both depends on apart@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, usb_alloc_coherent};
expression s;
identifier begin.f, begin.n1, apart.n2;
expression d;
@@
(
s->f = alloc(d, s->n2, ...)
|
s->n2 = <+... s->n1 ...+>
|
s->n1 = <+... s->n2 ...+>
)

// The size of a pointer, not of what it leads to.
@pointer@
identifier map = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
expression d;
type T;
T *c;
position p;
@@
map@p(d, c, sizeof(c), ...)

@script:python depends on memory@
s1 << memory.s1;
s2 << memory.s2;
@@
if alike(s1, s2):
    cocci.include_match(False)

@script:python depends on single@
s1 << single.s1;
s2 << single.s2;
@@
if alike(s1, s2):
    cocci.include_match(False)

@script:python depends on page@
s1 << page.s1;
s2 << page.s2;
@@
if alike(s1, s2):
    cocci.include_match(False)


// What is left
@found_memory@
identifier memory.free;
position memory.q;
@@
free@q(...)

@found_single@
identifier single.unmap;
position single.q;
@@
unmap@q(...)

@found_page@
identifier page.unmap;
position page.q;
@@
unmap@q(...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on apart || found_memory || found_single || found_page ||
	pointer@
@@
\(dma_map_single\|dma_map_single_attrs\|dma_map_page\|dma_map_page_attrs\|
	skb_frag_dma_map\|__skb_frag_dma_map\|dma_map_bvec\|dma_map_phys\|
	dma_map_resource\|ib_dma_map_single\|ib_dma_map_page\|
	ib_dma_map_bvec\|virtqueue_dma_map_single_attrs\|dma_alloc_coherent\|
	dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dma_alloc_noncoherent\|
	usb_alloc_coherent\)(...)

@depends on context && any@
identifier pointer.map;
position pointer.p;
@@
* map@p(...)

@script:python depends on org && any@
p << pointer.p;
c << pointer.c;
@@
coccilib.org.print_safe_todo(p[0], pointed(p, c))

@script:python depends on report && any@
p << pointer.p;
c << pointer.c;
@@
coccilib.report.print_report(p[0], pointed(p, c))

@depends on context && !both && any@
identifier apart.free;
position apart.q;
@@
* free@q(...)

@script:python depends on org && !both && any@
p << begin.p;
q << apart.q;
f << begin.f;
n1 << begin.n1;
n2 << apart.n2;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, f, n2, n1))

@script:python depends on report && !both && any@
p << begin.p;
q << apart.q;
f << begin.f;
n1 << begin.n1;
n2 << apart.n2;
@@
coccilib.report.print_report(q[0], message(p, q, f, n2, n1))

@depends on context && any@
identifier memory.free;
position memory.q;
@@
* free@q(...)

@script:python depends on org && any@
p << memory.p;
q << memory.q;
e << memory.e;
s1 << memory.s1;
s2 << memory.s2;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, s2, s1))

@script:python depends on report && any@
p << memory.p;
q << memory.q;
e << memory.e;
s1 << memory.s1;
s2 << memory.s2;
@@
coccilib.report.print_report(q[0], message(p, q, e, s2, s1))

@depends on context && any@
identifier single.unmap;
position single.q;
@@
* unmap@q(...)

@script:python depends on org && any@
p << single.p;
q << single.q;
e << single.e;
s1 << single.s1;
s2 << single.s2;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, s2, s1))

@script:python depends on report && any@
p << single.p;
q << single.q;
e << single.e;
s1 << single.s1;
s2 << single.s2;
@@
coccilib.report.print_report(q[0], message(p, q, e, s2, s1))

@depends on context && any@
identifier page.unmap;
position page.q;
@@
* unmap@q(...)

@script:python depends on org && any@
p << page.p;
q << page.q;
e << page.e;
s1 << page.s1;
s2 << page.s2;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, s2, s1))

@script:python depends on report && any@
p << page.p;
q << page.q;
e << page.e;
s1 << page.s1;
s2 << page.s2;
@@
coccilib.report.print_report(q[0], message(p, q, e, s2, s1))
