// SPDX-License-Identifier: GPL-2.0-or-later
///
/// An allocation with GFP_KERNEL may wait until memory has been written to
/// disk: not while a spinlock is held.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_pool_alloc, GFP_KERNEL, spin_lock

virtual report
virtual org
virtual context

@initialize:python@
@@
def message(p, q, alloc, lock):
    return "[context] %s(): %s() is reached with a lock held since %s() on " \
        "line %s, but it may sleep" % (
            q[0].current_element, alloc, lock, p[0].line)

@r exists@
identifier lock = {spin_lock, spin_lock_bh, spin_lock_irq,
	spin_lock_irqsave};
identifier unlock = {spin_unlock, spin_unlock_bh, spin_unlock_irq,
	spin_unlock_irqrestore};
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dmam_alloc_coherent, dmam_alloc_attrs, dma_alloc_noncoherent,
	dma_pool_alloc, dma_pool_zalloc, usb_alloc_coherent};
expression l;
position p, q;
@@
lock@p(l, ...);
... when != unlock(...)
alloc@q(..., GFP_KERNEL, ...)

@pool exists@
identifier lock = {spin_lock, spin_lock_bh, spin_lock_irq,
	spin_lock_irqsave};
identifier unlock = {spin_unlock, spin_unlock_bh, spin_unlock_irq,
	spin_unlock_irqrestore};
identifier create = {dma_pool_create, dmam_pool_create};
expression l;
position p, q;
@@
lock@p(l, ...);
... when != unlock(...)
create@q(...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r || pool@
@@
\(dma_alloc_coherent\|dma_alloc_attrs\|dma_zalloc_coherent\|dma_alloc_wc\|
	dma_alloc_writecombine\|dmam_alloc_coherent\|dmam_alloc_attrs\|
	dma_alloc_noncoherent\|dma_pool_alloc\|dma_pool_zalloc\|
	usb_alloc_coherent\|dma_pool_create\|dmam_pool_create\)(...)

@depends on context && any@
identifier r.alloc;
position r.q;
@@
* alloc@q(...)

@script:python depends on org && any@
p << r.p;
q << r.q;
alloc << r.alloc;
lock << r.lock;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, alloc, lock))

@script:python depends on report && any@
p << r.p;
q << r.q;
alloc << r.alloc;
lock << r.lock;
@@
coccilib.report.print_report(q[0], message(p, q, alloc, lock))

@depends on context && any@
identifier pool.create;
position pool.q;
@@
* create@q(...)

@script:python depends on org && any@
p << pool.p;
q << pool.q;
create << pool.create;
lock << pool.lock;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, create, lock))

@script:python depends on report && any@
p << pool.p;
q << pool.q;
create << pool.create;
lock << pool.lock;
@@
coccilib.report.print_report(q[0], message(p, q, create, lock))
