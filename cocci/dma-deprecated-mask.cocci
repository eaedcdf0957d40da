// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A mask is a number of bits: DMA_BIT_MASK() says how many.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_set_mask, dma_set_mask_and_coherent, DMA_BIT_MASK

virtual report
virtual org
virtual context
virtual patch

@initialize:python@
@@
def message(p, set, mask):
    return "[deprecated] %s(): %s() is given %s instead of DMA_BIT_MASK()" % (
        p[0].current_element, set, mask)

@any@
@@
\(dma_set_mask\|dma_set_coherent_mask\|dma_set_mask_and_coherent\|
	dma_coerce_mask_and_coherent\)(...)

@r depends on any && !patch@
identifier set = {dma_set_mask, dma_set_coherent_mask,
	dma_set_mask_and_coherent, dma_coerce_mask_and_coherent};
constant mask =~ "^0[xX]";
expression d;
position p;
@@
set@p(d, mask)

@depends on any && patch@
identifier set = {dma_set_mask, dma_set_coherent_mask,
	dma_set_mask_and_coherent, dma_coerce_mask_and_coherent};
constant m64 =~ "^0[xX][fF]{16}[uUlL]*$";
constant m32 =~ "^0[xX]0*[fF]{8}[uUlL]*$";
constant m31 =~ "^0[xX]0*7[fF]{7}[uUlL]*$";
constant m30 =~ "^0[xX]0*3[fF]{7}[uUlL]*$";
constant m28 =~ "^0[xX]0*[fF]{7}[uUlL]*$";
constant m24 =~ "^0[xX]0*[fF]{6}[uUlL]*$";
expression d;
@@
set(d,
(
- m64
+ DMA_BIT_MASK(64)
|
- m32
+ DMA_BIT_MASK(32)
|
- m31
+ DMA_BIT_MASK(31)
|
- m30
+ DMA_BIT_MASK(30)
|
- m28
+ DMA_BIT_MASK(28)
|
- m24
+ DMA_BIT_MASK(24)
)
 )

@depends on context@
identifier r.set;
position r.p;
@@
* set@p(...)

@script:python depends on org@
p << r.p;
set << r.set;
mask << r.mask;
@@
coccilib.org.print_safe_todo(p[0], message(p, set, mask))

@script:python depends on report@
p << r.p;
set << r.set;
mask << r.mask;
@@
coccilib.report.print_report(p[0], message(p, set, mask))
