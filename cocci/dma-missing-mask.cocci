// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A device reaches as much memory as it has address bits, and dma_set_mask()
/// fails where the platform cannot do that: whoever does not look goes on with
/// the mask that the bus set up, and the device writes elsewhere.
///
// Confidence: Moderate
// Comments: Silent about masks of 32 bits and more, which the kernel always
// grants, and about those that are no number.
// Options: --no-includes
// Keywords: dma_set_mask, dma_set_mask_and_coherent, DMA_BIT_MASK

virtual report
virtual org
virtual context

@initialize:python@
@@
import re

# Can it be that the kernel does not grant this mask?
def narrow(mask):
    bits = re.fullmatch(r"DMA_BIT_MASK \( *(\d+) *\)", mask.strip())
    if bits:
        return int(bits.group(1)) < 32
    number = re.fullmatch(r"(0[xX][0-9a-fA-F]+)[uUlL]*", mask.strip())
    return bool(number) and int(number.group(1), 16) < 0xffffffff

# An expression as people write it
def text(e):
    return re.sub(r" (?=->|[][).])|(?<=\w) (?=\()|(?<=->) |(?<=[(.[]) |"
                  r"(?<=[&*])(?<![])\w] [&*]) ", "", e)

def message(p, api, dev):
    return "[missing-mask] %s(): nobody looks whether %s() failed for %s" % (
        p[0].current_element, api, text(dev))

// What dma_set_mask() grants, dma_set_coherent_mask() does not refuse.
@second exists@
expression dev, mask;
position p;
@@
dma_set_mask(dev, mask)
... when any
dma_set_coherent_mask@p(dev, mask)

// as a statement of its own
@r@
identifier set = {dma_set_mask, dma_set_coherent_mask,
	dma_set_mask_and_coherent, dma_coerce_mask_and_coherent};
expression dev, mask;
position p != second.p;
@@
set@p(dev, mask);

// or kept and never looked at
@kept exists@
identifier set = {dma_set_mask, dma_set_coherent_mask,
	dma_set_mask_and_coherent, dma_coerce_mask_and_coherent};
expression dev, mask, x;
local idexpression err;
position p != second.p;
@@
err = set@p(dev, mask);
... when != err
err = x;

@script:python depends on r@
mask << r.mask;
@@
if not narrow(mask):
    cocci.include_match(False)

@script:python depends on kept@
mask << kept.mask;
@@
if not narrow(mask):
    cocci.include_match(False)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r || kept@
@@
\(dma_set_mask\|dma_set_coherent_mask\|dma_set_mask_and_coherent\|
	dma_coerce_mask_and_coherent\)(...)

@depends on context && any@
identifier r.set;
position r.p;
@@
* set@p(...)

@script:python depends on org && any@
p << r.p;
dev << r.dev;
set << r.set;
@@
coccilib.org.print_safe_todo(p[0], message(p, set, dev))

@script:python depends on report && any@
p << r.p;
dev << r.dev;
set << r.set;
@@
coccilib.report.print_report(p[0], message(p, set, dev))

@depends on context && any@
identifier kept.set;
position kept.p;
@@
* set@p(...)

@script:python depends on org && any@
p << kept.p;
dev << kept.dev;
set << kept.set;
@@
coccilib.org.print_safe_todo(p[0], message(p, set, dev))

@script:python depends on report && any@
p << kept.p;
dev << kept.dev;
set << kept.set;
@@
coccilib.report.print_report(p[0], message(p, set, dev))
