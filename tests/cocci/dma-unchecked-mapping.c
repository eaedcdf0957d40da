// SPDX-License-Identifier: GPL-2.0-or-later

struct ring {
	struct device *dev;
	dma_addr_t dma;
	dma_addr_t other;
	void *buf;
};

static int map_and_go_bad(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	writel(h, r->buf);
	return 0;
}

static int map_into_member_bad(struct ring *r, struct page *page)
{
	r->dma = dma_map_page(r->dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return start(r);
}

static void fragments_bad(struct ring *r, struct sk_buff *skb, int n)
{
	dma_addr_t h;
	int i;

	for (i = 0; i < n; i++) {
		h = skb_frag_dma_map(r->dev, &skb->frags[i], 0, 64,
				     DMA_TO_DEVICE);
		post(r, h);
	}
}

static int tested_ok(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, h))
		return -ENOMEM;
	writel(h, r->buf);
	return 0;
}

static int tested_through_member_ok(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	r->other = h;
	return dma_mapping_error(r->dev, r->other) ? -ENOMEM : 0;
}

static dma_addr_t returned_ok(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	return h;
}

static void tested_by_caller_ok(struct ring *r, size_t len)
{
	r->other = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);
}

static int caller_ok(struct ring *r)
{
	tested_by_caller_ok(r, 64);
	return dma_mapping_error(r->dev, r->other);
}

static int judged_by_helper_ok(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	if (unlikely(ring_map_failed(r, h)))
		return -ENOMEM;
	writel(h, r->buf);
	return 0;
}

static int wrongly_tested_ok(struct ring *r, size_t len)
{
	dma_addr_t h = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	if (!h)
		return -ENOMEM;
	return 0;
}

/* The test of another handle hides it. */
static int FN_one_of_two_bad(struct ring *r, size_t len)
{
	dma_addr_t a = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);
	dma_addr_t b = dma_map_single(r->dev, r->buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, a))
		return -ENOMEM;
	post(r, b);
	return 0;
}

static int answered_ok(struct ring *r, void *buf)
{
	dma_addr_t h;
	int err;

	h = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);
	err = fill_slot(r, h, 64);
	if (err)
		return err;
	return 0;
}

static void converted_bad(struct ring *r, void *buf)
{
	dma_addr_t h;
	u64 raw;

	h = dma_map_single(r->dev, buf, 64, DMA_TO_DEVICE);
	raw = cpu_to_le64(h);
	writeq(raw, r->regs);
}
