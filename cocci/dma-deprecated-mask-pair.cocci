// SPDX-License-Identifier: GPL-2.0-or-later
///
/// dma_set_mask_and_coherent() sets both masks of a device in one call.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_set_mask, dma_set_coherent_mask, dma_set_mask_and_coherent

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

def message(p, d):
    return "[deprecated] %s(): dma_set_mask() and dma_set_coherent_mask() of " \
        "%s are dma_set_mask_and_coherent()" % (
            p[0].current_element, text(d))

@any@
@@
dma_set_coherent_mask(...)

@inside depends on any && !patch@
expression d, m;
position p;
@@
dma_set_mask@p(d, m) || dma_set_coherent_mask(d, m)

@after depends on any && !patch@
expression d, m, err;
statement S;
position p;
@@
err = dma_set_mask@p(d, m);
(
if (!err)
	err = dma_set_coherent_mask(d, m);
|
if (err) S
err = dma_set_coherent_mask(d, m);
)

@depends on any && patch@
expression d, m;
@@
- dma_set_mask(d, m) || dma_set_coherent_mask(d, m)
+ dma_set_mask_and_coherent(d, m)

@depends on any && patch@
expression d, m, err;
@@
- err = dma_set_mask(d, m);
- if (!err)
- 	err = dma_set_coherent_mask(d, m);
+ err = dma_set_mask_and_coherent(d, m);

// The same is done if either fails.
@depends on any && patch@
expression d, m, err;
statement S;
@@
- err = dma_set_mask(d, m);
- if (err) S
- err = dma_set_coherent_mask(d, m);
+ err = dma_set_mask_and_coherent(d, m);
  if (err) S

@depends on context@
position inside.p;
@@
* dma_set_mask@p(...)

@script:python depends on org@
p << inside.p;
d << inside.d;
@@
coccilib.org.print_safe_todo(p[0], message(p, d))

@script:python depends on report@
p << inside.p;
d << inside.d;
@@
coccilib.report.print_report(p[0], message(p, d))

@depends on context@
position after.p;
@@
* dma_set_mask@p(...)

@script:python depends on org@
p << after.p;
d << after.d;
@@
coccilib.org.print_safe_todo(p[0], message(p, d))

@script:python depends on report@
p << after.p;
d << after.d;
@@
coccilib.report.print_report(p[0], message(p, d))
