// SPDX-License-Identifier: GPL-2.0-or-later
///
/// The DMA API of PCI was the DMA API with a pci_dev for the device: it is gone
/// since Linux 5.18.
///
// Confidence: High
// Comments: pci_alloc_consistent() meant GFP_ATOMIC, and so does the patch:
// where it may sleep, GFP_KERNEL is better.
// Options: --no-includes
// Keywords: pci_map_single, pci_alloc_consistent, pci_set_dma_mask

virtual report
virtual org
virtual context
virtual patch

@initialize:python@
@@
def message(p, old):
    return "[deprecated] %s(): %s() is gone since Linux 5.18" % (
        p[0].current_element, old)

@any@
@@
\(pci_map_sg\|pci_unmap_sg\|pci_dma_sync_sg_for_cpu\|
	pci_dma_sync_sg_for_device\|pci_map_single\|pci_unmap_single\|
	pci_dma_sync_single_for_cpu\|pci_dma_sync_single_for_device\|
	pci_unmap_page\|pci_map_page\|pci_free_consistent\|
	pci_dma_mapping_error\|pci_set_dma_mask\|pci_set_consistent_dma_mask\|
	pci_alloc_consistent\|pci_zalloc_consistent\)(...)

@r depends on any && !patch@
identifier old = {pci_map_sg, pci_unmap_sg, pci_dma_sync_sg_for_cpu,
	pci_dma_sync_sg_for_device, pci_map_single, pci_unmap_single,
	pci_dma_sync_single_for_cpu, pci_dma_sync_single_for_device,
	pci_unmap_page, pci_map_page, pci_free_consistent,
	pci_dma_mapping_error, pci_set_dma_mask, pci_set_consistent_dma_mask,
	pci_alloc_consistent, pci_zalloc_consistent};
position p;
@@
old@p(...)

@depends on any && patch@
symbol PCI_DMA_TODEVICE, PCI_DMA_FROMDEVICE, PCI_DMA_BIDIRECTIONAL;
symbol DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL;
@@
(
- PCI_DMA_TODEVICE
+ DMA_TO_DEVICE
|
- PCI_DMA_FROMDEVICE
+ DMA_FROM_DEVICE
|
- PCI_DMA_BIDIRECTIONAL
+ DMA_BIDIRECTIONAL
)

@depends on any && patch@
expression d != NULL;
expression s, h;
@@
(
- pci_alloc_consistent(d, s, h)
+ dma_alloc_coherent(&d->dev, s, h, GFP_ATOMIC)
|
- pci_zalloc_consistent(d, s, h)
+ dma_alloc_coherent(&d->dev, s, h, GFP_ATOMIC)
)

@depends on any && patch@
expression d != NULL;
@@
(
- pci_map_sg(d,
+ dma_map_sg(&d->dev,
  ...)
|
- pci_unmap_sg(d,
+ dma_unmap_sg(&d->dev,
  ...)
|
- pci_dma_sync_sg_for_cpu(d,
+ dma_sync_sg_for_cpu(&d->dev,
  ...)
|
- pci_dma_sync_sg_for_device(d,
+ dma_sync_sg_for_device(&d->dev,
  ...)
|
- pci_map_single(d,
+ dma_map_single(&d->dev,
  ...)
|
- pci_unmap_single(d,
+ dma_unmap_single(&d->dev,
  ...)
|
- pci_dma_sync_single_for_cpu(d,
+ dma_sync_single_for_cpu(&d->dev,
  ...)
|
- pci_dma_sync_single_for_device(d,
+ dma_sync_single_for_device(&d->dev,
  ...)
|
- pci_unmap_page(d,
+ dma_unmap_page(&d->dev,
  ...)
|
- pci_map_page(d,
+ dma_map_page(&d->dev,
  ...)
|
- pci_free_consistent(d,
+ dma_free_coherent(&d->dev,
  ...)
|
- pci_dma_mapping_error(d,
+ dma_mapping_error(&d->dev,
  ...)
|
- pci_set_dma_mask(d,
+ dma_set_mask(&d->dev,
  ...)
|
- pci_set_consistent_dma_mask(d,
+ dma_set_coherent_mask(&d->dev,
  ...)
)

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
