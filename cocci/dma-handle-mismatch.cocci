// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A release takes exactly the pointer and the handle that the acquire gave:
/// not those of the buffer beside it, and not the two in swapped places.
///
// Confidence: Moderate
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_free_coherent, dma_unmap_single

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

def message(p, q, api, place, h2, h1):
    return "[handle-mismatch] %s(): %s() releases %s with %s, but it was " \
        "acquired as %s on line %s" % (
            q[0].current_element, api, text(place), text(h2), text(h1),
            p[0].line)

# The same, with parentheses, or kept in another form that a function reads
def alike(a, b):
    return bool(re.search(r"\w\(", text(a) + text(b)) or
                text(a).strip("()") == text(b).strip("()"))

@memory exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent};
expression e, x, d1, d2, s1, s2, h1, h2;
position p, q;
@@
e = alloc@p(d1, s1, &h1, ...)
... when != e = x
    when != h1 = x
(
free(d2, s2, e, h1, ...)
|
free(d2, s2, h1, e, ...)
|
free@q(d2, s2, e, h2, ...)
)

// The two in swapped places
@swapped exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent};
expression e, x, d1, d2, s1, s2, h1;
position p, q;
@@
e = alloc@p(d1, s1, &h1, ...)
... when != e = x
    when != h1 = x
free@q(d2, s2, h1, e, ...)

@block exists@
identifier alloc = {dma_pool_alloc, dma_pool_zalloc};
identifier free = {dma_pool_free};
expression e, x, d1, d2, g, h1, h2;
position p, q;
@@
e = alloc@p(d1, g, &h1)
... when != e = x
    when != h1 = x
(
free(d2, e, h1)
|
free@q(d2, e, h2)
)

// The pointer is given where its handle belongs.
@single exists@
identifier map = {dma_map_single, dma_map_single_attrs};
identifier free = {dma_unmap_single, dma_unmap_single_attrs};
expression e, d1, d2, h1;
expression h2;
type T;
position p, q;
@@
h1 = map@p(d1, e, ...)
...
(
free@q(d2, e@h2, ...)
|
free@q(d2, (T)e@h2, ...)
)

@script:python depends on memory@
h1 << memory.h1;
h2 << memory.h2;
@@
if alike(h1, h2):
    cocci.include_match(False)

@script:python depends on block@
h1 << block.h1;
h2 << block.h2;
@@
if alike(h1, h2):
    cocci.include_match(False)

// What is left
@found_memory@
identifier memory.free;
position memory.q;
@@
free@q(...)

@found_block@
identifier block.free;
position block.q;
@@
free@q(...)

// The handle is kept in two places.
@copied depends on found_memory@
expression memory.h1, memory.h2;
@@
\(h2 = <+... h1 ...+>\|h1 = h2\)

@copied_block depends on found_block@
expression block.h1, block.h2;
@@
\(h2 = <+... h1 ...+>\|h1 = h2\)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on found_memory || swapped || found_block || single@
@@
\(dma_alloc_coherent\|dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dma_alloc_noncoherent\|dma_map_single\|
	dma_map_single_attrs\|dma_pool_alloc\|dma_pool_zalloc\)(...)

@depends on patch && any@
identifier swapped.free;
expression swapped.e, swapped.h1, d, s;
position swapped.q;
@@
free@q(d, s,
- h1, e
+ e, h1
  , ...)

@depends on context && !copied && any@
identifier memory.free;
position memory.q;
@@
* free@q(...)

@script:python depends on org && !copied && any@
p << memory.p;
q << memory.q;
e << memory.e;
h1 << memory.h1;
h2 << memory.h2;
free << memory.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, free, e, h2, h1))

@script:python depends on report && !copied && any@
p << memory.p;
q << memory.q;
e << memory.e;
h1 << memory.h1;
h2 << memory.h2;
free << memory.free;
@@
coccilib.report.print_report(q[0], message(p, q, free, e, h2, h1))

@depends on context && any@
identifier swapped.free;
position swapped.q;
@@
* free@q(...)

@script:python depends on org && any@
p << swapped.p;
q << swapped.q;
e << swapped.e;
h1 << swapped.h1;
free << swapped.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, free, e, e, h1))

@script:python depends on report && any@
p << swapped.p;
q << swapped.q;
e << swapped.e;
h1 << swapped.h1;
free << swapped.free;
@@
coccilib.report.print_report(q[0], message(p, q, free, e, e, h1))

@depends on context && !copied_block && any@
identifier block.free;
position block.q;
@@
* free@q(...)

@script:python depends on org && !copied_block && any@
p << block.p;
q << block.q;
e << block.e;
h1 << block.h1;
h2 << block.h2;
free << block.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, free, e, h2, h1))

@script:python depends on report && !copied_block && any@
p << block.p;
q << block.q;
e << block.e;
h1 << block.h1;
h2 << block.h2;
free << block.free;
@@
coccilib.report.print_report(q[0], message(p, q, free, e, h2, h1))

@depends on context && any@
identifier single.free;
position single.q;
@@
* free@q(...)

@script:python depends on org && any@
p << single.p;
q << single.q;
e << single.e;
h1 << single.h1;
h2 << single.h2;
free << single.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, free, e, h2, h1))

@script:python depends on report && any@
p << single.p;
q << single.q;
e << single.e;
h1 << single.h1;
h2 << single.h2;
free << single.free;
@@
coccilib.report.print_report(q[0], message(p, q, free, e, h2, h1))
