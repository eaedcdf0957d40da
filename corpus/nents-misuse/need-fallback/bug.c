// SPDX-License-Identifier: GPL-2.0-or-later
#include <crypto/skcipher.h>

/* include/crypto/skcipher.h */
struct skcipher_alg {
	int (*encrypt)(struct skcipher_request *req);
	int (*decrypt)(struct skcipher_request *req);
};

struct ce {
	struct device *dev;
	int fallbacks;
};

int ce_queue(struct skcipher_request *req);
int ce_run(struct ce *ce, struct skcipher_request *req);

static bool ce_need_fallback(struct skcipher_request *req)
{
	struct scatterlist *sg = req->src;

	while (sg) {
		if (sg->offset % 16)
			return true;
		if (sg_dma_len(sg) % 16)
			return true;
		sg = sg_next(sg);
	}
	return false;
}

static int ce_crypt(struct skcipher_request *req)
{
	struct ce *ce = crypto_skcipher_ctx(crypto_skcipher_reqtfm(req));

	if (ce_need_fallback(req)) {
		ce->fallbacks++;
		return -EINVAL;
	}
	return ce_queue(req);
}

int ce_run(struct ce *ce, struct skcipher_request *req)
{
	int nents = sg_nents(req->src);

	if (!dma_map_sg(ce->dev, req->src, nents, DMA_BIDIRECTIONAL))
		return -ENOMEM;
	dma_unmap_sg(ce->dev, req->src, nents, DMA_BIDIRECTIONAL);
	return 0;
}

struct skcipher_alg ce_alg = { .encrypt = ce_crypt, .decrypt = ce_crypt };
