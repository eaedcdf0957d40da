// SPDX-License-Identifier: GPL-2.0-or-later
///
/// dma_alloc_coherent() clears what it gives since Linux 5.0: clearing it once
/// more takes time, for large buffers a lot. Blocks of a pool come cleared from
/// dma_pool_zalloc().
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_pool_alloc, memset, __GFP_ZERO

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

def message(q, place, alloc, p):
    return "[deprecated] %s(): %s is cleared, though %s() on line %s does " \
        "it" % (q[0].current_element, text(place), alloc, p[0].line)

@any@
@@
\(dma_alloc_coherent\|dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dmam_alloc_coherent\|dmam_alloc_attrs\|
	dma_pool_alloc\)(...)

@r depends on any && !patch@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs};
expression e, s, d;
statement S;
position p, q;
@@
e = alloc@p(d, s, ...);
if (e == NULL) S
memset@q(e, 0, s);

@flag depends on any && !patch@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs};
symbol __GFP_ZERO;
position p;
@@
alloc@p(..., <+... __GFP_ZERO ...+>, ...)

@pool depends on any && !patch@
expression e, s;
statement S;
position p, q;
@@
e = dma_pool_alloc@p(...);
if (e == NULL) S
memset@q(e, 0, s);

@depends on any && patch@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs};
expression e, s, d;
statement S;
@@
  e = alloc(d, s, ...);
  if (e == NULL) S
- memset(e, 0, s);

@depends on any && patch@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs};
symbol __GFP_ZERO;
expression gfp;
@@
alloc(..., <+...
(
- gfp | __GFP_ZERO
+ gfp
|
- __GFP_ZERO | gfp
+ gfp
)
 ...+>, ...)

@depends on context@
position r.q;
expression e;
@@
* memset@q(e, ...)

@script:python depends on org@
p << r.p;
q << r.q;
e << r.e;
alloc << r.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(q, e, alloc, p))

@script:python depends on report@
p << r.p;
q << r.q;
e << r.e;
alloc << r.alloc;
@@
coccilib.report.print_report(q[0], message(q, e, alloc, p))

@depends on context@
position pool.q;
expression e;
@@
* memset@q(e, ...)

@script:python depends on org@
p << pool.p;
q << pool.q;
e << pool.e;
@@
coccilib.org.print_safe_todo(q[0], message(q, e, "dma_pool_zalloc", p))

@script:python depends on report@
p << pool.p;
q << pool.q;
e << pool.e;
@@
coccilib.report.print_report(q[0], message(q, e, "dma_pool_zalloc", p))

@depends on context@
identifier flag.alloc;
position flag.p;
@@
* alloc@p(...)

@script:python depends on org@
p << flag.p;
alloc << flag.alloc;
@@
coccilib.org.print_safe_todo(p[0], message(p, "the memory", alloc, p))

@script:python depends on report@
p << flag.p;
alloc << flag.alloc;
@@
coccilib.report.print_report(p[0], message(p, "the memory", alloc, p))
