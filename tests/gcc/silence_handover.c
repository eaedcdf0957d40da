// SPDX-License-Identifier: GPL-2.0-or-later
/* Ownership that moves on: nothing here is wrong. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/completion.h>
#include <linux/spinlock.h>

struct hw_desc {
	__le32 ctl, len, lo, hi;
};

struct tx_info {
	struct sk_buff *skb;
	DEFINE_DMA_UNMAP_ADDR(dma);
	DEFINE_DMA_UNMAP_LEN(len);
};

struct command {
	struct list_head node;
	void *cpu;
	dma_addr_t dma;
	size_t len;
	struct command *next;
	void (*done)(struct command *cmd);
};

struct ring {
	struct device *dev;
	struct hw_desc *desc;
	struct tx_info info[64];
	unsigned int head, tail;
};

struct ctrl {
	struct device *dev;
	void *regs;
	struct ring ring;
	struct list_head pending;
	struct command *current;
	struct command *table[16];
	struct dma_pool *pool;
	dma_addr_t last;
	u64 shadow[16];
	spinlock_t lock;
};

int queue_command(struct ctrl *c, struct command *cmd);
void post(struct ctrl *c, u64 value);
int try_post(struct ctrl *c, dma_addr_t dma, size_t len);

/* --- through helpers that store --- */

static void set_address(struct hw_desc *d, dma_addr_t dma)
{
	d->lo = cpu_to_le32(lower_32_bits(dma));
	d->hi = cpu_to_le32(upper_32_bits(dma));
}

static void set_info(struct tx_info *info, dma_addr_t dma, u32 len)
{
	dma_unmap_addr_set(info, dma, dma);
	dma_unmap_len_set(info, len, len);
}

int descriptor_helper_ok(struct ctrl *c, void *data, size_t len)
{
	struct ring *r = &c->ring;
	dma_addr_t dma = dma_map_single(r->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	set_address(&r->desc[r->head], dma);
	r->head++;
	if (r->head == 64)
		return -ENOSPC;
	return 0;
}

int info_helper_ok(struct ctrl *c, void *data, size_t len)
{
	struct ring *r = &c->ring;
	dma_addr_t dma = dma_map_single(r->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	set_info(&r->info[r->head], dma, len);
	if (readl(c->regs))
		return -EBUSY;
	return 0;
}

static int store_and_fail(struct ctrl *c, dma_addr_t dma)
{
	c->last = dma;
	return readl(c->regs) ? -EIO : 0;
}

int callee_keeps_ok(struct ctrl *c, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	return store_and_fail(c, dma);
}

int unknown_callee_ok(struct ctrl *c, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	return try_post(c, dma, len);
}

/* --- derived values --- */

int tagged_ok(struct ctrl *c, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	c->shadow[3] = dma | 1;
	return readl(c->regs) ? -EIO : 0;
}

int shifted_ok(struct ctrl *c, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	post(c, dma >> 4);
	return readl(c->regs) ? -EIO : 0;
}

int big_endian_ok(struct ctrl *c, void *data, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	c->shadow[0] = cpu_to_be64(dma);
	return readl(c->regs) ? -EIO : 0;
}

int chosen_value_ok(struct ctrl *c, void *data, size_t len, bool big)
{
	dma_addr_t dma = dma_map_single(c->dev, data, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -ENOMEM;
	c->shadow[1] = big ? cpu_to_be64(dma) : dma;
	return readl(c->regs) ? -EIO : 0;
}

/* --- objects that hold it --- */

int object_queued_ok(struct ctrl *c, struct command *cmd)
{
	cmd->dma = dma_map_single(c->dev, cmd->cpu, cmd->len, DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, cmd->dma))
		return -ENOMEM;
	return queue_command(c, cmd);
}

int fresh_object_listed_ok(struct ctrl *c, size_t len)
{
	struct command *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL);

	if (!cmd)
		return -ENOMEM;
	cmd->cpu = dma_alloc_coherent(c->dev, len, &cmd->dma, GFP_KERNEL);
	if (!cmd->cpu) {
		kfree(cmd);
		return -ENOMEM;
	}
	spin_lock(&c->lock);
	list_add_tail(&cmd->node, &c->pending);
	spin_unlock(&c->lock);
	return readl(c->regs) ? -EIO : 0;
}

int fresh_object_in_table_ok(struct ctrl *c, unsigned int slot, size_t len)
{
	struct command *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL);

	if (!cmd)
		return -ENOMEM;
	cmd->cpu = dma_pool_alloc(c->pool, GFP_KERNEL, &cmd->dma);
	if (!cmd->cpu) {
		kfree(cmd);
		return -ENOMEM;
	}
	c->table[slot] = cmd;
	if (readl(c->regs))
		return -EIO;
	return 0;
}

struct command *fresh_object_returned_ok(struct ctrl *c, size_t len)
{
	struct command *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL);

	if (!cmd)
		return ERR_PTR(-ENOMEM);
	cmd->cpu = dma_alloc_coherent(c->dev, len, &cmd->dma, GFP_KERNEL);
	if (!cmd->cpu) {
		kfree(cmd);
		return ERR_PTR(-ENOMEM);
	}
	return cmd;
}

struct command *chain_ok(struct ctrl *c, unsigned int n)
{
	struct command *first = NULL, *cmd;
	dma_addr_t dma;

	while (n--) {
		cmd = dma_pool_zalloc(c->pool, GFP_KERNEL, &dma);
		if (!cmd)
			goto unwind;
		cmd->dma = dma;
		cmd->next = first;
		first = cmd;
	}
	return first;
unwind:
	while (first) {
		cmd = first;
		first = cmd->next;
		dma_pool_free(c->pool, cmd, cmd->dma);
	}
	return NULL;
}

int appended_chain_ok(struct ctrl *c, struct command *head, unsigned int n)
{
	struct command *prev = head, *cmd;
	dma_addr_t dma;

	for (; n; n--) {
		cmd = dma_pool_zalloc(c->pool, GFP_KERNEL, &dma);
		if (!cmd)
			return -ENOMEM;	/* the caller frees the chain */
		cmd->dma = dma;
		prev->next = cmd;
		prev = cmd;
	}
	return 0;
}

/* --- out-parameters --- */

int two_outs_ok(struct ctrl *c, size_t len, void **cpu, dma_addr_t *dma)
{
	*cpu = dma_alloc_coherent(c->dev, len, dma, GFP_KERNEL);
	if (!*cpu)
		return -ENOMEM;
	return 0;
}

int out_on_success_ok(struct ctrl *c, size_t len, void **out,
		      dma_addr_t *out_dma)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(c->dev, len, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (readl(c->regs)) {
		dma_free_coherent(c->dev, len, cpu, dma);
		return -EIO;
	}
	*out = cpu;
	*out_dma = dma;
	return 0;
}

int struct_out_ok(struct ctrl *c, size_t len, struct command *out)
{
	struct command tmp = { .len = len };

	tmp.cpu = dma_alloc_coherent(c->dev, len, &tmp.dma, GFP_KERNEL);
	if (!tmp.cpu)
		return -ENOMEM;
	*out = tmp;
	return 0;
}

/* --- results that are no errors --- */

int count_returned_ok(struct ctrl *c, struct command *cmd, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		cmd[i].dma = dma_map_single(c->dev, cmd[i].cpu, cmd[i].len,
					    DMA_FROM_DEVICE);
		if (dma_mapping_error(c->dev, cmd[i].dma))
			break;
		post(c, cmd[i].dma);
	}
	return i;
}

bool bool_success_ok(struct ctrl *c, struct command *cmd)
{
	cmd->dma = dma_map_single(c->dev, cmd->cpu, cmd->len,
				  DMA_FROM_DEVICE);
	if (dma_mapping_error(c->dev, cmd->dma))
		return false;
	return true;
}

int positive_is_busy_ok(struct ctrl *c, struct command *cmd)
{
	cmd->dma = dma_map_single(c->dev, cmd->cpu, cmd->len,
				  DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, cmd->dma))
		return -ENOMEM;
	c->current = cmd;
	writel(1, c->regs);
	return 1;
}

int completion_releases_ok(struct ctrl *c, struct command *cmd)
{
	cmd->dma = dma_map_single(c->dev, cmd->cpu, cmd->len,
				  DMA_TO_DEVICE);
	if (dma_mapping_error(c->dev, cmd->dma))
		return -ENOMEM;
	cmd->done(cmd);
	return -EIO;
}

/* --- the buffer of another --- */

void release_only_ok(struct ctrl *c, struct command *cmd)
{
	dma_unmap_single(c->dev, cmd->dma, cmd->len, DMA_TO_DEVICE);
	list_del(&cmd->node);
	kfree(cmd);
}

int release_on_error_ok(struct ctrl *c, struct command *cmd)
{
	int ret = queue_command(c, cmd);

	if (ret)
		dma_unmap_single(c->dev, cmd->dma, cmd->len, DMA_TO_DEVICE);
	return ret;
}

void reap_ok(struct ctrl *c)
{
	struct ring *r = &c->ring;

	while (r->tail != r->head) {
		struct tx_info *info = &r->info[r->tail & 63];

		if (dma_unmap_len(info, len))
			dma_unmap_single(r->dev, dma_unmap_addr(info, dma),
					 dma_unmap_len(info, len),
					 DMA_TO_DEVICE);
		dma_unmap_len_set(info, len, 0);
		if (info->skb)
			dev_consume_skb_any(info->skb);
		info->skb = NULL;
		r->tail++;
	}
}

void release_everything_ok(struct ctrl *c)
{
	int i;

	for (i = 0; i < 16; i++) {
		struct command *cmd = c->table[i];

		if (!cmd)
			continue;
		c->table[i] = NULL;
		dma_pool_free(c->pool, cmd->cpu, cmd->dma);
		kfree(cmd);
	}
	dma_pool_destroy(c->pool);
}
