// SPDX-License-Identifier: GPL-2.0-or-later
///
/// A function that fails must give back what it took before it failed: its
/// caller cannot tell how far it came.
///
// Confidence: Moderate
// Comments: Where the function itself releases it on another exit, so that it
// knows that it is the owner. Silent where a function that sounds like a
// release, or is given what was acquired, is called in between.
// Options: --no-includes
// Keywords: dma_alloc_coherent, dma_map_single, dma_free_coherent, goto

virtual report
virtual org
virtual context

@initialize:python@
@@
import re

# An expression as people write it
def text(e):
    return re.sub(r" (?=->|[][).])|(?<=->) |(?<=[(.[]) |"
                  r"(?<=[&*])(?<![])\w] [&*]) ", "", e)

def message(p, q, place, alloc):
    return "[leak-error-path] %s(): %s is not released on this error path, " \
        "see %s() on line %s" % (
            q[0].current_element, text(place), alloc, p[0].line)

@any@
@@
\(dma_free_coherent\|dma_free_attrs\|dma_free_wc\|dma_free_writecombine\|
	dma_free_noncoherent\|dma_pool_free\|usb_free_coherent\|
	dma_unmap_single\|dma_unmap_single_attrs\|dma_unmap_page\|
	dma_unmap_page_attrs\|dma_unmap_phys\|dma_unmap_resource\|
	ib_dma_unmap_single\|ib_dma_unmap_page\|
	virtqueue_dma_unmap_single_attrs\)(...)

@memory depends on any exists@
identifier alloc = {dma_alloc_coherent, dma_alloc_attrs,
	dma_zalloc_coherent, dma_alloc_wc, dma_alloc_writecombine,
	dma_alloc_noncoherent, dma_pool_alloc, dma_pool_zalloc,
	usb_alloc_coherent};
identifier free = {dma_free_coherent, dma_free_attrs, dma_free_wc,
	dma_free_writecombine, dma_free_noncoherent, dma_pool_free,
	usb_free_coherent};
expression e;
position p;
@@
e = alloc@p(...)
... when any
free(..., e, ...)

@memory_left exists@
identifier memory.alloc;
identifier memory.free;
identifier release =~ "free|release|destroy|clean|unmap|deinit|uninit|fini|teardown|remove|exit|close|abort|undo|unwind|drop|put|shutdown";
identifier taker;
expression memory.e, x, err;
statement S;
constant C;
position memory.p, q;
@@
e = alloc@p(...)
... when != e
if (<+... e == NULL ...+>) S
... when != e = x
    when != release(...)
    when != taker(..., e, ...)
    when != x = e
    when != e == NULL
    when != e != NULL
    when != if (...) { ... free(..., e, ...); }
    when != if (...) { ... free(..., e, ...); e = NULL; }
    when != while (...) { <+... release(...) ...+> }
    when != for (...;...;...) { <+... release(...) ...+> }
(
return@q -C;
|
if (\(err\|err < 0\|err != 0\)) {
	... when != release(...)
	    when != taker(..., e, ...)
	    when != if (...) { ... free(..., e, ...); }
	    when != if (...) { ... free(..., e, ...); e = NULL; }
	return@q err;
}
)

@handle depends on any exists@
identifier map = {dma_map_single, dma_map_single_attrs, dma_map_page,
	dma_map_page_attrs, skb_frag_dma_map, __skb_frag_dma_map, dma_map_bvec,
	dma_map_phys, dma_map_resource, ib_dma_map_single, ib_dma_map_page,
	ib_dma_map_bvec, virtqueue_dma_map_single_attrs};
identifier unmap = {dma_unmap_single, dma_unmap_single_attrs,
	dma_unmap_page, dma_unmap_page_attrs, dma_unmap_phys,
	dma_unmap_resource, ib_dma_unmap_single, ib_dma_unmap_page,
	virtqueue_dma_unmap_single_attrs};
expression e;
position p;
@@
e = map@p(...)
... when any
unmap(..., e, ...)

@handle_left exists@
identifier handle.map;
identifier handle.unmap;
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
identifier release =~ "free|release|destroy|clean|unmap|deinit|uninit|fini|teardown|remove|exit|close|abort|undo|unwind|drop|put|shutdown";
identifier taker;
expression handle.e, x, err, d;
statement S;
constant C;
position handle.p, q;
@@
e = map@p(...)
... when != e
if (<+... test(d, e) ...+>) S
... when != e = x
    when != release(...)
    when != taker(..., e, ...)
    when != x = e
    when != e == NULL
    when != e != NULL
    when != if (...) { ... unmap(..., e, ...); }
    when != if (...) { ... unmap(..., e, ...); e = NULL; }
    when != while (...) { <+... release(...) ...+> }
    when != for (...;...;...) { <+... release(...) ...+> }
(
return@q -C;
|
if (\(err\|err < 0\|err != 0\)) {
	... when != release(...)
	    when != taker(..., e, ...)
	    when != if (...) { ... unmap(..., e, ...); }
	    when != if (...) { ... unmap(..., e, ...); e = NULL; }
	return@q err;
}
)

@depends on context@
identifier memory.alloc;
position memory.p;
@@
* alloc@p(...)

@script:python depends on org@
p << memory.p;
q << memory_left.q;
e << memory.e;
alloc << memory.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, alloc))

@script:python depends on report@
p << memory.p;
q << memory_left.q;
e << memory.e;
alloc << memory.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, alloc))

@depends on context@
identifier handle.map;
position handle.p;
@@
* map@p(...)

@script:python depends on org@
p << handle.p;
q << handle_left.q;
e << handle.e;
map << handle.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, map))

@script:python depends on report@
p << handle.p;
q << handle_left.q;
e << handle.e;
map << handle.map;
@@
coccilib.report.print_report(q[0], message(p, q, e, map))
