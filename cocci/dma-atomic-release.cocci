// SPDX-License-Identifier: GPL-2.0-or-later
///
/// dma_free_coherent() must be called with interrupts enabled: it may have to
/// take the memory out of the kernel's address space, for which the CPU talks
/// to the others. It warns if they are not, and in the worst case ends in a
/// BUG().
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_free_coherent, spin_lock_irqsave, local_irq_disable

virtual report
virtual org
virtual context

@initialize:python@
@@
def message(p, q, free, lock):
    return "[context] %s(): %s() is reached with interrupts disabled by " \
        "%s() on line %s, but it needs them enabled" % (
            q[0].current_element, free, lock, p[0].line)

@r exists@
identifier lock = {spin_lock_irqsave, spin_lock_irq};
identifier unlock = {spin_unlock_irqrestore, spin_unlock_irq,
	spin_unlock, local_irq_enable};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dmam_free_coherent};
expression l;
position p, q;
@@
lock@p(l, ...);
... when != unlock(l, ...)
    when != unlock(...)
free@q(...)

@local_irq exists@
identifier lock = {local_irq_save, local_irq_disable};
identifier unlock = {local_irq_restore, local_irq_enable};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dmam_free_coherent};
position p, q;
@@
lock@p(...);
... when != unlock(...)
free@q(...)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on r || local_irq@
@@
\(dma_free_coherent\|dma_free_attrs\|dma_free_wc\|dmam_free_coherent\)(...)

@depends on context && any@
identifier r.free;
position r.q;
@@
* free@q(...)

@script:python depends on org && any@
p << r.p;
q << r.q;
free << r.free;
lock << r.lock;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, free, lock))

@script:python depends on report && any@
p << r.p;
q << r.q;
free << r.free;
lock << r.lock;
@@
coccilib.report.print_report(q[0], message(p, q, free, lock))

@depends on context && any@
identifier local_irq.free;
position local_irq.q;
@@
* free@q(...)

@script:python depends on org && any@
p << local_irq.p;
q << local_irq.q;
free << local_irq.free;
lock << local_irq.lock;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, free, lock))

@script:python depends on report && any@
p << local_irq.p;
q << local_irq.q;
free << local_irq.free;
lock << local_irq.lock;
@@
coccilib.report.print_report(q[0], message(p, q, free, lock))
