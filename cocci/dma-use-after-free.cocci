// SPDX-License-Identifier: GPL-2.0-or-later
///
/// After the release the kernel pointer leads to memory of somebody else, or
/// nowhere: what is still needed has to be read before.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_free_coherent, dma_pool_free

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
    return "[use-after-free] %s(): %s is used after it was released by %s() " \
        "on line %s" % (q[0].current_element, text(place), free, p[0].line)

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

@r exists@
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, usb_free_coherent,
	dma_pool_free};
expression e, x, d1, s1;
identifier fld;
statement S;
iterator I;
position p, q;
@@
(
free@p(d1, s1, e, ...);
|
free@p(d1, e, ...);
)
... when != e = x
    when != for (...;...;...) S
    when != while (...) S
    when != I(...) S
(
 memset@q(e, ...)
|
 memcpy@q(e, ...)
|
 memcpy@q(x, e, ...)
|
 e@q->fld
|
 e@q[...]
|
 (*e)@q
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r@
@@
\(dma_free_coherent\|dma_free_attrs\|dma_free_wc\|dma_free_writecombine\|
	dma_free_noncoherent\|usb_free_coherent\|dma_pool_free\)(...)

// That is the next round of a loop, or another configuration.
@script:python depends on any@
p << r.p;
q << r.q;
@@
if int(q[0].line) < int(p[0].line) or exclusive(p, q):
    cocci.include_match(False)

@depends on context && any@
identifier r.free;
position r.p;
@@
* free@p(...)

@script:python depends on org && any@
p << r.p;
q << r.q;
e << r.e;
free << r.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, free))

@script:python depends on report && any@
p << r.p;
q << r.q;
e << r.e;
free << r.free;
@@
coccilib.report.print_report(q[0], message(p, q, e, free))
