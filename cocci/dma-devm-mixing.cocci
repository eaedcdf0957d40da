// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Managed memory is released by the driver core when the driver is unbound:
/// what was released by hand before is then released twice.
///
// Confidence: High
// Comments: A member is known by its name and the structure it is in, so that
// what probe acquires and remove releases is seen in one file.
// Options: --no-includes
// Keywords: dmam_alloc_coherent, dma_free_coherent, devm_add_action

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

def message(p, q, place, free, alloc):
    return "[devm-mixing] %s(): %s was acquired by %s() on line %s, but is " \
        "released by %s()" % (
            q[0].current_element, text(place), alloc, p[0].line, free)

@r exists@
identifier alloc = {dmam_alloc_coherent, dmam_alloc_attrs,
	dmam_pool_create};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, dma_pool_destroy};
expression e, x;
position p, q;
@@
e = alloc@p(...)
... when != e = x
free@q(..., e, ...)

@plain exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, dma_pool_create};
identifier free = {dmam_free_coherent, dmam_pool_destroy};
expression e, x;
position p, q;
@@
e = alloc@p(...)
... when != e = x
free@q(..., e, ...)

// The same member in two functions
@member@
identifier alloc = {dmam_alloc_coherent, dmam_alloc_attrs,
	dmam_pool_create};
type T;
T *s;
identifier f;
position p;
@@
s->f = alloc@p(...)

@unmanaged depends on member@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, dma_pool_create};
expression s;
identifier member.f;
@@
s->f = alloc(...)

@apart depends on member && !unmanaged@
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, dma_pool_destroy};
type member.T;
T *s;
identifier member.f;
position q != r.q;
@@
free@q(..., s->f, ...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r || plain || apart@
@@
\(dmam_alloc_coherent\|dmam_alloc_attrs\|dmam_pool_create\|
	dmam_free_coherent\|dmam_pool_destroy\)(...)

@depends on patch && any@
position r.q;
@@
(
- dma_free_coherent@q
+ dmam_free_coherent
  (...)
|
- dma_pool_destroy@q
+ dmam_pool_destroy
  (...)
)

@depends on context && any@
identifier r.free;
position r.q;
@@
* free@q(...)

@script:python depends on org && any@
p << r.p;
q << r.q;
e << r.e;
free << r.free;
alloc << r.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free, alloc))

@script:python depends on report && any@
p << r.p;
q << r.q;
e << r.e;
free << r.free;
alloc << r.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, free, alloc))

@depends on context && any@
identifier plain.free;
position plain.q;
@@
* free@q(...)

@script:python depends on org && any@
p << plain.p;
q << plain.q;
e << plain.e;
free << plain.free;
alloc << plain.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free, alloc))

@script:python depends on report && any@
p << plain.p;
q << plain.q;
e << plain.e;
free << plain.free;
alloc << plain.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, free, alloc))

@depends on context && any@
identifier apart.free;
position apart.q;
@@
* free@q(...)

@script:python depends on org && any@
p << member.p;
q << apart.q;
f << member.f;
free << apart.free;
alloc << member.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, f, free, alloc))

@script:python depends on report && any@
p << member.p;
q << apart.q;
f << member.f;
free << apart.free;
alloc << member.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, f, free, alloc))
