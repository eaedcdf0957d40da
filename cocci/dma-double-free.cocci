// SPDX-License-Identifier: GPL-2.0-or-later
///
/// The second release may hit memory or an I/O address that another driver has
/// been given in the meantime: the labels of an error exit must not release
/// what has been released before the goto.
///
// Confidence: Moderate
// Comments: Silent where a condition or a loop lies between the two.
// Options: --no-includes
// Keywords: dma_free_coherent, dma_unmap_single, dma_pool_free, goto

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

def message(p, q, place, free):
    return "[double-free] %s(): %s is released twice, by %s() too on line " \
        "%s" % (q[0].current_element, text(place), free, p[0].line)

# Does the preprocessor take only one of the two?
def exclusive(p, q):
    depth, other = 0, False
    with open(p[0].file, errors="replace") as f:
        lines = f.readlines()[int(p[0].line):int(q[0].line) - 1]
    for word in re.findall(r"^\s*#\s*(if|el|endif)", "".join(lines), re.M):
        if word == "if":
            depth += 1
        elif word == "el":
            other |= depth == 0
        elif depth:
            depth -= 1
        else:
            other = False
    return other

@memory exists@
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, usb_free_coherent};
expression e, x, d1, d2, s1, s2;
statement S1, S2;
iterator I;
position p, q;
@@
free@p(d1, s1, e, ...);
... when != e = x
    when != if (...) S1 else S2
    when != for (...;...;...) S1
    when != while (...) S1
    when != I(...) S1
free@q(d2, s2, e, ...);

@handle exists@
identifier free = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs, dma_unmap_sg, dma_unmap_sg_attrs,
	ib_dma_unmap_sg, ib_dma_unmap_sg_attrs, dma_pool_free,
	dma_unmap_sgtable};
expression e, x, d1, d2;
statement S1, S2;
iterator I;
position p, q;
@@
free@p(d1, e, ...);
... when != e = x
    when != if (...) S1 else S2
    when != for (...;...;...) S1
    when != while (...) S1
    when != I(...) S1
free@q(d2, e, ...);

// The next round of a loop, or another configuration
@script:python depends on memory@
p << memory.p;
q << memory.q;
@@
if int(q[0].line) <= int(p[0].line) or exclusive(p, q):
    cocci.include_match(False)

@script:python depends on handle@
p << handle.p;
q << handle.q;
@@
if int(q[0].line) <= int(p[0].line) or exclusive(p, q):
    cocci.include_match(False)

// What leads to it is changed in between.
@moved exists@
identifier memory.free;
expression memory.e, x;
idexpression b;
position memory.p, memory.q;
@@
free@p(..., \(e\&<+... b ...+>\), ...)
... when any
\(b = x\|b++\|b--\|++b\|--b\|b += x\|&b\)
... when any
free@q(...)

@moved_handle exists@
identifier handle.free;
expression handle.e, x;
idexpression b;
position handle.p, handle.q;
@@
free@p(..., \(e\&<+... b ...+>\), ...)
... when any
\(b = x\|b++\|b--\|++b\|--b\|b += x\|&b\)
... when any
free@q(...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on memory || handle@
@@
\(dma_free_coherent\|dma_free_attrs\|dma_free_wc\|dma_free_writecombine\|
	dma_free_noncoherent\|dma_unmap_single\|dma_unmap_single_attrs\|
	dma_unmap_page\|dma_unmap_page_attrs\|dma_unmap_phys\|
	dma_unmap_resource\|ib_dma_unmap_single\|ib_dma_unmap_page\|
	virtqueue_dma_unmap_single_attrs\|dma_unmap_sg\|dma_unmap_sg_attrs\|
	ib_dma_unmap_sg\|ib_dma_unmap_sg_attrs\|dma_pool_free\|
	usb_free_coherent\|dma_unmap_sgtable\)(...)

@depends on context && !moved && any@
identifier memory.free;
position memory.q;
@@
* free@q(...)

@script:python depends on org && !moved && any@
p << memory.p;
q << memory.q;
e << memory.e;
free << memory.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && !moved && any@
p << memory.p;
q << memory.q;
e << memory.e;
free << memory.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))

@depends on context && !moved_handle && any@
identifier handle.free;
position handle.q;
@@
* free@q(...)

@script:python depends on org && !moved_handle && any@
p << handle.p;
q << handle.q;
e << handle.e;
free << handle.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && !moved_handle && any@
p << handle.p;
q << handle.q;
e << handle.e;
free << handle.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))
