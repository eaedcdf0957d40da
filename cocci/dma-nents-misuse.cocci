// SPDX-License-Identifier: GPL-2.0-or-later
///
/// dma_map_sg() may merge entries, and returns how many are left: that many
/// are given to the device, but dma_unmap_sg() and dma_sync_sg_*() want the
/// number that dma_map_sg() was given.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_map_sg, dma_unmap_sg, dmaengine_prep_slave_sg, nents

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

def message(p, q, api, n, sg, wanted, mapper):
    if text(n) == wanted:
        wanted = "the number before"
    return "[nents-misuse] %s(): %s() is given %s as number of entries of " \
        "%s, which should be %s as in %s() on line %s" % (
            q[0].current_element, api, text(n), text(sg), wanted, mapper,
            p[0].line)

@any@
@@
\(dma_map_sg\|dma_map_sg_attrs\|ib_dma_map_sg\|ib_dma_map_sg_attrs\)(...)

// The count that came back is given where the first number belongs.
@back depends on any exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier unmap = {dma_unmap_sg, dma_unmap_sg_attrs, ib_dma_unmap_sg,
	ib_dma_unmap_sg_attrs, dma_sync_sg_for_cpu, dma_sync_sg_for_device};
expression n, sg, x, d1, d2, nents;
position p, q;
@@
n = map@p(d1, sg, nents, ...)
... when != n = x
unmap@q(d2, sg, n, ...)

// Where the first number is still there
@same@
identifier back.map;
expression n, d;
position back.p;
@@
n = map@p(d, ..., n, ...)

@depends on patch && !same@
identifier back.unmap;
expression back.n, back.sg;
expression back.nents;
expression d;
position back.q;
@@
unmap@q(d, sg,
- n
+ nents
  , ...)

// The first number is given to the device.
@forth depends on any exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier prep = {dmaengine_prep_slave_sg, dmaengine_prep_rio_sg};
expression sg, x, c, d, count;
// one entry stays one
expression n != 1;
position p, q;
@@
count = map@p(d, sg, n, ...)
... when != n = x
    when != count != n
    when != count < n
    when != count == n
prep@q(c, sg, n, ...)

@depends on patch@
identifier forth.prep;
expression forth.n, forth.sg, forth.count, c;
position forth.q;
@@
prep@q(c, sg,
- n
+ count
  , ...)

@depends on context@
identifier back.unmap;
position back.q;
@@
* unmap@q(...)

@script:python depends on org@
p << back.p;
q << back.q;
n << back.n;
sg << back.sg;
nents << back.nents;
unmap << back.unmap;
map << back.map;
@@
coccilib.org.print_safe_todo(q[0],
    message(p, q, unmap, n, sg, text(nents), map))

@script:python depends on report@
p << back.p;
q << back.q;
n << back.n;
sg << back.sg;
nents << back.nents;
unmap << back.unmap;
map << back.map;
@@
coccilib.report.print_report(q[0],
    message(p, q, unmap, n, sg, text(nents), map))

@depends on context@
identifier forth.prep;
position forth.q;
@@
* prep@q(...)

@script:python depends on org@
p << forth.p;
q << forth.q;
n << forth.n;
sg << forth.sg;
count << forth.count;
prep << forth.prep;
map << forth.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, prep, n, sg, text(count), map))

@script:python depends on report@
p << forth.p;
q << forth.q;
n << forth.n;
sg << forth.sg;
count << forth.count;
prep << forth.prep;
map << forth.map;
@@
coccilib.report.print_report(q[0], message(p, q, prep, n, sg, text(count), map))
