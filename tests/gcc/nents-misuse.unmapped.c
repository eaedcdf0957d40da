// SPDX-License-Identifier: GPL-2.0-or-later
/* DMA length and address of an entry are read while the list is mapped. */
#include <crypto/skcipher.h>
#include <linux/io.h>

struct ce {
	struct device *dev;
	void __iomem *regs;
	struct scatterlist *sgl;
	int nents;
};

struct skcipher_alg {
	int (*encrypt)(struct skcipher_request *req);
	int (*decrypt)(struct skcipher_request *req);
};

int engine_queue(struct skcipher_request *req);

static void program(struct ce *ce, struct scatterlist *sgl, int count)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, count, i) {
		writel(lower_32_bits(sg_dma_address(sg)), ce->regs);
		writel(sg_dma_len(sg), ce->regs + 4);
	}
}

int read_first_bad(struct ce *ce, struct scatterlist *sgl, int nents)
{
	int count;

	/* dma-nents-misuse: high */
	if (sg_dma_len(sgl) % 4)
		return -EINVAL;
	count = dma_map_sg(ce->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	program(ce, sgl, count);
	dma_unmap_sg(ce->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

int read_after_ok(struct ce *ce, struct scatterlist *sgl, int nents)
{
	int count;

	if (sgl->length % 4)
		return -EINVAL;
	count = dma_map_sg(ce->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	program(ce, sgl, count);
	dma_unmap_sg(ce->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

static bool unaligned_bad(struct scatterlist *sgl)
{
	for (; sgl; sgl = sg_next(sgl))
		if (sg_dma_len(sgl) % 16)
			return true;
	return false;
}

int read_in_helper(struct ce *ce)
{
	int count;

	if (unaligned_bad(ce->sgl))
		return -EINVAL;
	count = dma_map_sg(ce->dev, ce->sgl, ce->nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	program(ce, ce->sgl, count);
	dma_unmap_sg(ce->dev, ce->sgl, ce->nents, DMA_TO_DEVICE);
	return 0;
}

/* Another list. */
int other_list_ok(struct ce *ce, struct scatterlist *sgl, int nents)
{
	int count;

	if (sg_dma_len(ce->sgl) % 4)
		return -EINVAL;
	count = dma_map_sg(ce->dev, sgl, nents, DMA_TO_DEVICE);
	if (!count)
		return -ENOMEM;
	program(ce, sgl, count);
	dma_unmap_sg(ce->dev, sgl, nents, DMA_TO_DEVICE);
	return 0;
}

/* Mapped by whoever called, on the other way by this function. */
int mapped_already_ok(struct ce *ce, struct scatterlist *sgl, int count)
{
	int own = 0;

	if (count) {
		program(ce, sgl, count);
	} else {
		own = dma_map_sg(ce->dev, sgl, 4, DMA_TO_DEVICE);
		if (!own)
			return -ENOMEM;
		program(ce, sgl, own);
		dma_unmap_sg(ce->dev, sgl, 4, DMA_TO_DEVICE);
	}
	return 0;
}

/* The driver writes what a mapping would write. */
int written_ok(struct ce *ce, struct scatterlist *sgl, dma_addr_t dma)
{
	int count;

	sg_dma_address(sgl) = dma;
	sg_dma_len(sgl) = sgl->length;
	if (sg_dma_len(sgl) > 4096)
		return -EINVAL;
	count = dma_map_sg(ce->dev, sgl, 1, DMA_TO_DEVICE);
	return count ? 0 : -ENOMEM;
}

int each_round_ok(struct ce *ce, struct scatterlist *sgl, int rounds)
{
	int count = 0;

	while (rounds--) {
		if (count && sg_dma_len(sgl) > 64)
			dma_unmap_sg(ce->dev, sgl, 4, DMA_TO_DEVICE);
		count = dma_map_sg(ce->dev, sgl, 4, DMA_TO_DEVICE);
		if (!count)
			return -ENOMEM;
	}
	dma_unmap_sg(ce->dev, sgl, 4, DMA_TO_DEVICE);
	return 0;
}

/* The core hands a request to encrypt() whose lists nobody has mapped. */
static bool need_fallback_bad(struct skcipher_request *req)
{
	struct scatterlist *sg;

	for (sg = req->src; sg; sg = sg_next(sg))
		if (sg->length % 16 || sg_dma_len(sg) % 16)
			return true;
	return false;
}

static int ce_encrypt(struct skcipher_request *req)
{
	if (need_fallback_bad(req))
		return -EINVAL;
	return engine_queue(req);
}

static bool need_fallback_ok(struct skcipher_request *req)
{
	struct scatterlist *sg;

	for (sg = req->dst; sg; sg = sg_next(sg))
		if (sg->length % 16 || sg->offset % 16)
			return true;
	return false;
}

static int ce_decrypt(struct skcipher_request *req)
{
	if (need_fallback_ok(req))
		return -EINVAL;
	return engine_queue(req);
}

/* It maps first, in a helper. */
static int ce_map(struct ce *ce, struct skcipher_request *req)
{
	return dma_map_sg(ce->dev, req->src, 4, DMA_TO_DEVICE);
}

static int ce_encrypt_now_ok(struct skcipher_request *req)
{
	struct ce *ce = skcipher_request_ctx(req);
	int count = ce_map(ce, req);

	if (!count)
		return -ENOMEM;
	writel(sg_dma_len(req->src), ce->regs);
	dma_unmap_sg(ce->dev, req->src, 4, DMA_TO_DEVICE);
	return 0;
}

struct skcipher_alg ce_algs[] = {
	{ .encrypt = ce_encrypt, .decrypt = ce_decrypt },
	{ .encrypt = ce_encrypt_now_ok, .decrypt = ce_decrypt },
};
