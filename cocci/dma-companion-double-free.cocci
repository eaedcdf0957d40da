// SPDX-License-Identifier: GPL-2.0-or-later
///
/// ndo_start_xmit() must not return NETDEV_TX_BUSY for a packet that is gone:
/// it would be sent, and freed, again.
///
// Confidence: High
// Options: --no-includes
// Keywords: NETDEV_TX_BUSY, dev_kfree_skb_any, dma_mapping_error

virtual report
virtual org
virtual context
virtual patch

@initialize:python@
@@
import re

# An expression as people write it
def text(e):
    return re.sub(r" (?=->|[][).])|(?<=\w) (?=\()|(?<=->) |(?<=[(.[]) |"
                  r"(?<=[&*])(?<![])\w] [&*]) ", "", e)

def message(p, q, skb, free):
    return "[companion] %s(): NETDEV_TX_BUSY is returned for %s, which was " \
        "freed by %s() on line %s" % (
            q[0].current_element, text(skb), free, p[0].line)

@any@
symbol NETDEV_TX_BUSY;
@@
return NETDEV_TX_BUSY;

@r depends on any exists@
identifier free = {dev_kfree_skb, dev_kfree_skb_any, dev_kfree_skb_irq,
	dev_consume_skb_any, dev_consume_skb_irq, kfree_skb, consume_skb};
symbol NETDEV_TX_BUSY;
expression skb, x;
position p, q;
@@
free@p(skb);
... when != skb = x
return@q NETDEV_TX_BUSY;

@depends on patch@
symbol NETDEV_TX_BUSY, NETDEV_TX_OK;
position r.q;
@@
- return@q NETDEV_TX_BUSY;
+ return NETDEV_TX_OK;

@depends on context@
position r.p;
identifier r.free;
@@
* free@p(...)

@script:python depends on org@
p << r.p;
q << r.q;
skb << r.skb;
free << r.free;
@@
coccilib.org.print_safe_todo(q[0], message(p, q, skb, free))

@script:python depends on report@
p << r.p;
q << r.q;
skb << r.skb;
free << r.free;
@@
coccilib.report.print_report(q[0], message(p, q, skb, free))
