/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CRYPTO_SKCIPHER_H
#define SIM_CRYPTO_SKCIPHER_H

#include <linux/dma-mapping.h>

struct crypto_async_request {
	void (*complete)(struct crypto_async_request *req, int err);
	void *tfm;
};

struct crypto_skcipher {
	unsigned int reqsize;
	void *ctx[];
};

struct skcipher_request {
	unsigned int cryptlen;
	u8 *iv;
	struct scatterlist *src;
	struct scatterlist *dst;
	struct crypto_async_request base;
	void *ctx[];
};

static inline void *skcipher_request_ctx(struct skcipher_request *req)
{
	return req->ctx;
}

static inline struct crypto_skcipher *crypto_skcipher_reqtfm(
	struct skcipher_request *req)
{
	return req->base.tfm;
}

static inline void *crypto_skcipher_ctx(struct crypto_skcipher *tfm)
{
	return tfm->ctx;
}

void crypto_finalize_skcipher_request(void *engine,
				      struct skcipher_request *req, int err);

#endif
