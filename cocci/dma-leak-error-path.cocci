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
// Keywords: dma_alloc_coherent, dma_map_single, dma_map_sg, goto

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

def message(p, q, place, alloc):
    return "[leak-error-path] %s(): %s is not released on this error path, " \
        "see %s() on line %s" % (
            q[0].current_element, text(place), alloc, p[0].line)

@memory exists@
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
identifier memory.alloc, taker, l;
identifier release =~
	"free|release|destroy|clean|unmap|init|fini|teardown|remove|exit|close"
	&& !~ "^(k[vz]*free|vfree|free_irq|free_page|dev_kfree|dma_|ib_dma_|usb_f)";
expression memory.e, x, err;
statement S, S1;
constant C;
position memory.p, q;
@@
e = alloc@p(...)
... when != e
if (<+... e == NULL ...+>) S
... when any
    when != e = x
    when != x = e
    when != e == NULL
    when != e != NULL
    when != release(...)
    when != taker(..., e, ...)
    when != while (...) S1
    when != for (...;...;...) S1
(
return@q -C;
|
err = -C;
goto@q l;
... when != release(...)
    when != taker(..., e, ...)
    when != while (...) S1
    when != for (...;...;...) S1
    when != err = x
return ...;
|
if (\(err\|err < 0\|err != 0\)) {
	... when != release(...)
	    when != taker(..., e, ...)
	    when != while (...) S1
	    when != for (...;...;...) S1
	return@q err;
}
)

@handle exists@
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
identifier handle.map, taker, l;
identifier release =~
	"free|release|destroy|clean|unmap|init|fini|teardown|remove|exit|close"
	&& !~ "^(k[vz]*free|vfree|free_irq|free_page|dev_kfree|dma_|ib_dma_|usb_f)";
identifier test = {dma_mapping_error, ib_dma_mapping_error,
	virtqueue_dma_mapping_error};
expression d;
expression handle.e, x, err;
statement S, S1;
constant C;
position handle.p, q;
@@
e = map@p(...)
... when != e
if (<+... test(d, e) ...+>) S
... when any
    when != e = x
    when != x = e
    when != e == NULL
    when != e != NULL
    when != release(...)
    when != taker(..., e, ...)
    when != while (...) S1
    when != for (...;...;...) S1
(
return@q -C;
|
err = -C;
goto@q l;
... when != release(...)
    when != taker(..., e, ...)
    when != while (...) S1
    when != for (...;...;...) S1
    when != err = x
return ...;
|
if (\(err\|err < 0\|err != 0\)) {
	... when != release(...)
	    when != taker(..., e, ...)
	    when != while (...) S1
	    when != for (...;...;...) S1
	return@q err;
}
)

@sg exists@
identifier map = {dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg,
	ib_dma_map_sg_attrs};
identifier unmap = {dma_unmap_sg, dma_unmap_sg_attrs, ib_dma_unmap_sg,
	ib_dma_unmap_sg_attrs};
expression d, e, n;
position p;
@@
n = map@p(d, e, ...)
... when any
unmap(..., e, ...)

@sg_left exists@
identifier sg.map, taker, l;
identifier release =~
	"free|release|destroy|clean|unmap|init|fini|teardown|remove|exit|close"
	&& !~ "^(k[vz]*free|vfree|free_irq|free_page|dev_kfree|dma_|ib_dma_|usb_f)";
expression sg.d, sg.n;
expression sg.e, x, err;
statement S, S1;
constant C;
position sg.p, q;
@@
n = map@p(d, e, ...)
... when != n
if (<+... n ...+>) S
... when any
    when != e = x
    when != x = e
    when != e == NULL
    when != e != NULL
    when != release(...)
    when != taker(..., e, ...)
    when != while (...) S1
    when != for (...;...;...) S1
(
return@q -C;
|
err = -C;
goto@q l;
... when != release(...)
    when != taker(..., e, ...)
    when != while (...) S1
    when != for (...;...;...) S1
    when != err = x
return ...;
|
if (\(err\|err < 0\|err != 0\)) {
	... when != release(...)
	    when != taker(..., e, ...)
	    when != while (...) S1
	    when != for (...;...;...) S1
	return@q err;
}
)

// Names that a file without any of them need not be parsed for; asked last, as
// that takes long.
@any depends on memory_left || handle_left || sg_left@
@@
\(dma_free_coherent\|dma_free_attrs\|dma_free_wc\|dma_free_writecombine\|
	dma_free_noncoherent\|dma_pool_free\|usb_free_coherent\|
	dma_unmap_single\|dma_unmap_single_attrs\|dma_unmap_page\|
	dma_unmap_page_attrs\|dma_unmap_phys\|dma_unmap_resource\|
	ib_dma_unmap_single\|ib_dma_unmap_page\|
	virtqueue_dma_unmap_single_attrs\|dma_unmap_sg\|dma_unmap_sg_attrs\|
	ib_dma_unmap_sg\|ib_dma_unmap_sg_attrs\)(...)

// That is the next round of a loop.
@script:python depends on any && memory_left@
p << memory.p;
q << memory_left.q;
@@
if int(q[0].line) < int(p[0].line):
    cocci.include_match(False)

@script:python depends on any && handle_left@
p << handle.p;
q << handle_left.q;
@@
if int(q[0].line) < int(p[0].line):
    cocci.include_match(False)

@script:python depends on any && sg_left@
p << sg.p;
q << sg_left.q;
@@
if int(q[0].line) < int(p[0].line):
    cocci.include_match(False)

// It is released under a condition that may be that of the acquire.
@memory_cond depends on memory_left exists@
identifier memory.free, l;
expression memory.e;
statement S;
@@
(
if (...) {
	...
	free(..., e, ...);
	... when != return ...;
	    when != goto l;
}
|
if (...) {
	...
	free(..., e, ...);
	... when != return ...;
	    when != goto l;
} else S
|
if (...) S else {
	...
	free(..., e, ...);
	... when != return ...;
	    when != goto l;
}
)

@handle_cond depends on handle_left exists@
identifier handle.unmap, l;
expression handle.e;
statement S;
@@
(
if (...) {
	...
	unmap(..., e, ...);
	... when != return ...;
	    when != goto l;
}
|
if (...) {
	...
	unmap(..., e, ...);
	... when != return ...;
	    when != goto l;
} else S
|
if (...) S else {
	...
	unmap(..., e, ...);
	... when != return ...;
	    when != goto l;
}
)

@sg_cond depends on sg_left exists@
identifier sg.unmap, l;
expression sg.e;
statement S;
@@
(
if (...) {
	...
	unmap(..., e, ...);
	... when != return ...;
	    when != goto l;
}
|
if (...) {
	...
	unmap(..., e, ...);
	... when != return ...;
	    when != goto l;
} else S
|
if (...) S else {
	...
	unmap(..., e, ...);
	... when != return ...;
	    when != goto l;
}
)

@depends on context && !memory_cond && any@
identifier memory.alloc;
position memory.p;
@@
* alloc@p(...)

@script:python depends on org && !memory_cond && any@
p << memory.p;
q << memory_left.q;
e << memory.e;
alloc << memory.alloc;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, alloc))

@script:python depends on report && !memory_cond && any@
p << memory.p;
q << memory_left.q;
e << memory.e;
alloc << memory.alloc;
@@
coccilib.report.print_report(q[0], message(p, q, e, alloc))

@depends on context && !handle_cond && any@
identifier handle.map;
position handle.p;
@@
* map@p(...)

@script:python depends on org && !handle_cond && any@
p << handle.p;
q << handle_left.q;
e << handle.e;
map << handle.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, map))

@script:python depends on report && !handle_cond && any@
p << handle.p;
q << handle_left.q;
e << handle.e;
map << handle.map;
@@
coccilib.report.print_report(q[0], message(p, q, e, map))

@depends on context && !sg_cond && any@
identifier sg.map;
position sg.p;
@@
* map@p(...)

@script:python depends on org && !sg_cond && any@
p << sg.p;
q << sg_left.q;
e << sg.e;
map << sg.map;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, e, map))

@script:python depends on report && !sg_cond && any@
p << sg.p;
q << sg_left.q;
e << sg.e;
map << sg.map;
@@
coccilib.report.print_report(q[0], message(p, q, e, map))
