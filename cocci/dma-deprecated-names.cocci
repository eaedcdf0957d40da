// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Functions that have another name since: dma_alloc_coherent() always clears
/// what it gives, and pools have not been those of PCI for long.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_zalloc_coherent, dma_alloc_writecombine, pci_pool_alloc

virtual report
virtual org
virtual context
virtual patch

@initialize:python@
@@
def message(p, old):
    return "[deprecated] %s(): %s() has another name since" % (
        p[0].current_element, old)

@any@
@@
\(dma_zalloc_coherent\|dma_alloc_writecombine\|dma_free_writecombine\|
	pci_pool_create\|pci_pool_destroy\|pci_pool_alloc\|pci_pool_zalloc\|
	pci_pool_free\)(...)

@r depends on any && !patch@
identifier old = {dma_zalloc_coherent, dma_alloc_writecombine,
	dma_free_writecombine, pci_pool_create, pci_pool_destroy,
	pci_pool_alloc, pci_pool_zalloc, pci_pool_free};
position p;
@@
old@p(...)

@depends on any && patch@
@@
(
- dma_zalloc_coherent
+ dma_alloc_coherent
  (...)
|
- dma_alloc_writecombine
+ dma_alloc_wc
  (...)
|
- dma_free_writecombine
+ dma_free_wc
  (...)
|
- pci_pool_destroy
+ dma_pool_destroy
  (...)
|
- pci_pool_alloc
+ dma_pool_alloc
  (...)
|
- pci_pool_zalloc
+ dma_pool_zalloc
  (...)
|
- pci_pool_free
+ dma_pool_free
  (...)
)

@depends on any && patch@
expression name, d;
@@
- pci_pool_create(name, d,
+ dma_pool_create(name, &d->dev,
  ...)

@depends on context@
identifier r.old;
position r.p;
@@
* old@p(...)

@script:python depends on org@
p << r.p;
old << r.old;
@@
coccilib.org.print_safe_todo(p[0], message(p, old))

@script:python depends on report@
p << r.p;
old << r.old;
@@
coccilib.report.print_report(p[0], message(p, old))
