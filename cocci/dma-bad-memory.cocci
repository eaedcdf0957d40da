// SPDX-License-Identifier: GPL-2.0-or-later
///
/// Only memory of the page allocator, kmalloc() and the slab caches can be
/// mapped for streaming: the stack, static data and vmalloc() memory have no
/// place in the kernel's linear mapping, or share cache lines with what the
/// CPU writes meanwhile. The USB core maps what it is given to transfer.
///
// Confidence: High
// Options: --no-includes
// Keywords: dma_map_single, usb_control_msg, usb_bulk_msg, vmalloc, stack

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

def message(p, place, kind):
    return "[bad-memory] %s(): %s, %s, is mapped for DMA, not memory of " \
        "kmalloc() or the page allocator" % (
            p[0].current_element, text(place), kind)

// An array of the function, or one of its objects
@array@
type T;
T[] a;
local idexpression y;
identifier x;
identifier single = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
identifier message = {usb_bulk_msg, usb_interrupt_msg};
identifier fill = {usb_fill_bulk_urb, usb_fill_int_urb};
expression d, a1, a2, a3, a4, a5;
position q;
@@
(
 single@q(d, \(x\&y\&a\), ...)
|
 usb_control_msg@q(d, a1, a2, a3, a4, a5, \(x\&y\&a\), ...)
|
 message@q(d, a1, \(x\&y\&a\), ...)
|
 fill@q(d, a1, a2, \(x\&y\&a\), ...)
|
 usb_fill_control_urb@q(d, a1, a2, a3, \(x\&y\&a\), ...)
|
 usb_get_descriptor@q(d, a1, a2, \(x\&y\&a\), ...)
)

// which is a pointer if it is a parameter
@parameter@
identifier array.x, fn, f;
type T;
position array.q;
@@
fn(..., T x, ...)
{
	<+... f@q(...) ...+>
}

@object@
local idexpression x;
identifier f;
identifier single = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
identifier message = {usb_bulk_msg, usb_interrupt_msg};
identifier fill = {usb_fill_bulk_urb, usb_fill_int_urb};
expression d, a1, a2, a3, a4, a5;
position q;
@@
(
 single@q(d, \(&x\|&x.f\), ...)
|
 usb_control_msg@q(d, a1, a2, a3, a4, a5, \(&x\|&x.f\), ...)
|
 message@q(d, a1, \(&x\|&x.f\), ...)
|
 fill@q(d, a1, a2, \(&x\|&x.f\), ...)
|
 usb_fill_control_urb@q(d, a1, a2, a3, \(&x\|&x.f\), ...)
|
 usb_get_descriptor@q(d, a1, a2, \(&x\|&x.f\), ...)
)

@inside@
type T;
T[] a;
local idexpression x;
identifier f;
identifier single = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
identifier message = {usb_bulk_msg, usb_interrupt_msg};
identifier fill = {usb_fill_bulk_urb, usb_fill_int_urb};
expression d, a1, a2, a3, a4, a5;
position q;
@@
(
 single@q(d, \(x.f\&a\), ...)
|
 usb_control_msg@q(d, a1, a2, a3, a4, a5, \(x.f\&a\), ...)
|
 message@q(d, a1, \(x.f\&a\), ...)
|
 fill@q(d, a1, a2, \(x.f\&a\), ...)
|
 usb_fill_control_urb@q(d, a1, a2, a3, \(x.f\&a\), ...)
|
 usb_get_descriptor@q(d, a1, a2, \(x.f\&a\), ...)
)

@area exists@
identifier alloc = {vmalloc, vzalloc, vmalloc_user, vmalloc_32,
	__vmalloc, vmap};
expression x, y;
identifier single = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
identifier message = {usb_bulk_msg, usb_interrupt_msg};
identifier fill = {usb_fill_bulk_urb, usb_fill_int_urb};
expression d, a1, a2, a3, a4, a5;
position q;
@@
x = alloc(...)
... when != x = y
(
 single@q(d, x, ...)
|
 usb_control_msg@q(d, a1, a2, a3, a4, a5, x, ...)
|
 message@q(d, a1, x, ...)
|
 fill@q(d, a1, a2, x, ...)
|
 usb_fill_control_urb@q(d, a1, a2, a3, x, ...)
|
 usb_get_descriptor@q(d, a1, a2, x, ...)
)

@fixed@
type T;
T[] a;
global idexpression x;
identifier single = {dma_map_single, dma_map_single_attrs,
	ib_dma_map_single};
identifier message = {usb_bulk_msg, usb_interrupt_msg};
identifier fill = {usb_fill_bulk_urb, usb_fill_int_urb};
expression d, a1, a2, a3, a4, a5;
position q;
@@
(
 single@q(d, \(x\&a\), ...)
|
 usb_control_msg@q(d, a1, a2, a3, a4, a5, \(x\&a\), ...)
|
 message@q(d, a1, \(x\&a\), ...)
|
 fill@q(d, a1, a2, \(x\&a\), ...)
|
 usb_fill_control_urb@q(d, a1, a2, a3, \(x\&a\), ...)
|
 usb_get_descriptor@q(d, a1, a2, \(x\&a\), ...)
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on array || object || inside || area || fixed@
@@
\(dma_map_single\|dma_map_single_attrs\|ib_dma_map_single\|usb_control_msg\|
	usb_bulk_msg\|usb_interrupt_msg\|usb_fill_bulk_urb\|usb_fill_int_urb\|
	usb_fill_control_urb\|usb_get_descriptor\)(...)

@depends on context && !parameter && any@
identifier f;
position array.q;
@@
* f@q(...)

@script:python depends on org && !parameter && any@
q << array.q;
x << array.x;
@@
coccilib.org.print_safe_todo(q[0], message(q, x, "on the stack"))

@script:python depends on report && !parameter && any@
q << array.q;
x << array.x;
@@
coccilib.report.print_report(q[0], message(q, x, "on the stack"))

@depends on context && any@
identifier f;
position object.q;
@@
* f@q(...)

@script:python depends on org && any@
q << object.q;
x << object.x;
@@
coccilib.org.print_safe_todo(q[0], message(q, x, "on the stack"))

@script:python depends on report && any@
q << object.q;
x << object.x;
@@
coccilib.report.print_report(q[0], message(q, x, "on the stack"))

@depends on context && any@
identifier f;
position inside.q;
@@
* f@q(...)

@script:python depends on org && any@
q << inside.q;
x << inside.x;
@@
coccilib.org.print_safe_todo(q[0], message(q, x, "on the stack"))

@script:python depends on report && any@
q << inside.q;
x << inside.x;
@@
coccilib.report.print_report(q[0], message(q, x, "on the stack"))

@depends on context && any@
identifier f;
position area.q;
@@
* f@q(...)

@script:python depends on org && any@
q << area.q;
x << area.x;
@@
coccilib.org.print_safe_todo(q[0], message(q, x, "memory of vmalloc()"))

@script:python depends on report && any@
q << area.q;
x << area.x;
@@
coccilib.report.print_report(q[0], message(q, x, "memory of vmalloc()"))

@depends on context && any@
identifier f;
position fixed.q;
@@
* f@q(...)

@script:python depends on org && any@
q << fixed.q;
x << fixed.x;
@@
coccilib.org.print_safe_todo(q[0], message(q, x, "static data"))

@script:python depends on report && any@
q << fixed.q;
x << fixed.x;
@@
coccilib.report.print_report(q[0], message(q, x, "static data"))
