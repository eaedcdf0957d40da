// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Where DMA memory lies follows from the mask of the device, and how it is
/// made is the business of the DMA API: zone flags and __GFP_COMP make no
/// sense for it.
///
// Confidence: High
// Comments: The patch drops the flag. Where GFP_DMA was meant to say how far a
// device reaches, dma_set_mask_and_coherent() has to say it.
// Options: --no-includes
// Keywords: dma_alloc_coherent, GFP_DMA, __GFP_COMP

virtual report
virtual org
virtual context
virtual patch

@initialize:python@
@@
def message(p, api, flag):
    return "[bad-gfp] %s(): %s() is given %s, which makes no sense for DMA " \
        "memory" % (p[0].current_element, api, flag)

@zone@
symbol GFP_DMA, GFP_DMA32, __GFP_DMA, __GFP_DMA32, __GFP_HIGHMEM, __GFP_COMP;
@@
\(GFP_DMA\|GFP_DMA32\|__GFP_DMA\|__GFP_DMA32\|__GFP_HIGHMEM\|__GFP_COMP\)

@r depends on zone && !patch@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_alloc_pages, usb_alloc_coherent};
identifier flag = {GFP_DMA, GFP_DMA32, __GFP_DMA, __GFP_DMA32,
	__GFP_HIGHMEM, __GFP_COMP};
position p;
@@
alloc@p(..., <+... flag ...+>, ...)

// or in a variable
@kept depends on zone && !patch exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_alloc_pages, usb_alloc_coherent};
identifier flag = {GFP_DMA, GFP_DMA32, __GFP_DMA, __GFP_DMA32,
	__GFP_HIGHMEM, __GFP_COMP};
local idexpression gfp;
expression x;
position p;
@@
(
gfp = <+... flag ...+>
|
gfp |= <+... flag ...+>
)
... when != gfp = x
    when != gfp &= x
alloc@p(..., gfp, ...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on kept || r@
@@
\(dma_alloc_coherent\|dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dmam_alloc_coherent\|dmam_alloc_attrs\|
	dma_alloc_noncoherent\|dma_alloc_pages\|usb_alloc_coherent\)(...)

@depends on zone && patch@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_alloc_pages, usb_alloc_coherent};
identifier flag = {GFP_DMA, GFP_DMA32, __GFP_DMA, __GFP_DMA32,
	__GFP_HIGHMEM, __GFP_COMP};
expression gfp;
@@
alloc(..., <+...
(
- gfp | flag
+ gfp
|
- flag | gfp
+ gfp
)
 ...+>, ...)

@depends on context && any@
identifier kept.alloc;
position kept.p;
@@
* alloc@p(...)

@script:python depends on org && any@
p << kept.p;
api << kept.alloc;
flag << kept.flag;
@@
coccilib.org.print_safe_todo(p[0], message(p, api, flag))

@script:python depends on report && any@
p << kept.p;
api << kept.alloc;
flag << kept.flag;
@@
coccilib.report.print_report(p[0], message(p, api, flag))

@depends on context && any@
identifier r.alloc;
position r.p;
@@
* alloc@p(...)

@script:python depends on org && any@
p << r.p;
api << r.alloc;
flag << r.flag;
@@
coccilib.org.print_safe_todo(p[0], message(p, api, flag))

@script:python depends on report && any@
p << r.p;
api << r.alloc;
flag << r.flag;
@@
coccilib.report.print_report(p[0], message(p, api, flag))
