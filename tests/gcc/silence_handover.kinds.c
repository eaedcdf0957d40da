// SPDX-License-Identifier: GPL-2.0-or-later
/* Each way in which a mapping changes hands, used as it should be. */
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/kfifo.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/skbuff.h>
#include <linux/usb.h>
#include <media/videobuf2-core.h>
#include <net/page_pool.h>
#include <net/xdp_sock_drv.h>
#include <sound/pcm.h>

struct job {
	struct list_head node;
	struct llist_node lnode;
	struct kref ref;
	struct device *dev;
	struct device child;
	void *cpu;
	dma_addr_t dma;
	size_t len;
	void (*done)(struct job *job);
};

struct priv {
	struct device *dev;
	void *regs;
	struct dma_chan *chan;
	struct list_head list;
	struct llist_head llist;
	struct kfifo fifo;
	struct sk_buff_head skbs;
	struct job *ring[16];
	unsigned int head;
	struct page_pool *pool;
	struct usb_anchor anchor;
};

int fails(struct priv *p);
int take_job(struct priv *p, struct job *job);
int device_register(struct device *dev);
void put_device(struct device *dev);

/* --- completions --- */

static void job_done(struct job *job)
{
	dma_unmap_single(job->dev, job->dma, job->len, DMA_TO_DEVICE);
}

int completion_ok(struct priv *p, struct job *job)
{
	job->dma = dma_map_single(p->dev, job->cpu, job->len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, job->dma))
		return -ENOMEM;
	job->done = job_done;
	return take_job(p, job);
}

static void dma_done(void *data)
{
	job_done(data);
}

int dmaengine_ok(struct priv *p, struct job *job)
{
	struct dma_async_tx_descriptor *d;

	job->dma = dma_map_single(p->dev, job->cpu, job->len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, job->dma))
		return -ENOMEM;
	d = dmaengine_prep_slave_single(p->chan, job->dma, job->len,
					DMA_MEM_TO_DEV, 1);
	if (!d) {
		job_done(job);
		return -EBUSY;
	}
	d->callback = dma_done;
	d->callback_param = job;
	if (dma_submit_error(dmaengine_submit(d))) {
		job_done(job);
		return -EIO;
	}
	dma_async_issue_pending(p->chan);
	return -EINPROGRESS;
}

/* --- URBs --- */

static void urb_done(struct urb *urb)
{
	usb_free_coherent(urb->dev, urb->transfer_buffer_length,
			  urb->transfer_buffer, urb->transfer_dma);
}

int urb_anchored_ok(struct priv *p, struct usb_device *udev, struct urb *urb)
{
	dma_addr_t dma;
	void *buf = usb_alloc_coherent(udev, 64, GFP_KERNEL, &dma);
	int ret;

	if (!buf)
		return -ENOMEM;
	usb_fill_bulk_urb(urb, udev, usb_sndbulkpipe(udev, 1), buf, 64,
			  urb_done, p);
	urb->transfer_dma = dma;
	usb_anchor_urb(urb, &p->anchor);
	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret) {
		usb_unanchor_urb(urb);
		usb_free_coherent(udev, 64, buf, dma);
	}
	return ret;
}

/* --- skb->cb --- */

int skb_cb_ok(struct priv *p, struct sk_buff *skb)
{
	dma_addr_t dma = dma_map_single(p->dev, skb->data, skb->len,
					DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -ENOMEM;
	*(dma_addr_t *)skb->cb = dma;
	skb_queue_tail(&p->skbs, skb);
	return fails(p) ? -EIO : 0;
}

/* --- lists, rings, queues --- */

static struct job *new_job(struct priv *p)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return NULL;
	job->cpu = dma_alloc_coherent(p->dev, 64, &job->dma, GFP_KERNEL);
	if (!job->cpu) {
		kfree(job);
		return NULL;
	}
	return job;
}

int list_ok(struct priv *p)
{
	struct job *job = new_job(p);

	if (!job)
		return -ENOMEM;
	list_add_tail(&job->node, &p->list);
	return fails(p) ? -EIO : 0;
}

int llist_ok(struct priv *p)
{
	struct job *job = new_job(p);

	if (!job)
		return -ENOMEM;
	llist_add(&job->lnode, &p->llist);
	return fails(p) ? -EIO : 0;
}

int ring_ok(struct priv *p)
{
	struct job *job = new_job(p);

	if (!job)
		return -ENOMEM;
	p->ring[p->head++ & 15] = job;
	return fails(p) ? -EIO : 0;
}

int kfifo_of_pointers_ok(struct priv *p)
{
	struct job *job = new_job(p);

	if (!job)
		return -ENOMEM;
	kfifo_in(&p->fifo, &job, 1);
	return fails(p) ? -EIO : 0;
}

int kfifo_of_structs_ok(struct priv *p, void *buf, size_t len)
{
	struct { dma_addr_t dma; size_t len; } item = { .len = len };

	item.dma = dma_map_single(p->dev, buf, len, DMA_TO_DEVICE);
	if (dma_mapping_error(p->dev, item.dma))
		return -ENOMEM;
	kfifo_in(&p->fifo, &item, 1);
	return fails(p) ? -EIO : 0;
}

/* --- what a core maps and unmaps --- */

int page_pool_ok(struct priv *p)
{
	struct page *page = page_pool_dev_alloc_pages(p->pool);

	if (!page)
		return -ENOMEM;
	writel(page_pool_get_dma_addr(page), p->regs);
	if (fails(p)) {
		page_pool_put_full_page(p->pool, page, false);
		return -EIO;
	}
	return 0;
}

int xsk_pool_ok(struct priv *p, struct xsk_buff_pool *pool)
{
	int ret = xsk_pool_dma_map(pool, p->dev, 0);

	if (ret)
		return ret;
	ret = fails(p);
	if (ret)
		xsk_pool_dma_unmap(pool, 0);
	return ret;
}

struct frame {
	struct vb2_buffer vb;
	dma_addr_t dma;
};

static int frame_prepare_ok(struct vb2_buffer *vb)
{
	struct frame *f = container_of(vb, struct frame, vb);

	f->dma = dma_map_single(vb->vb2_queue->dev, vb2_plane_vaddr(vb, 0),
				vb2_plane_size(vb, 0), DMA_FROM_DEVICE);
	if (dma_mapping_error(vb->vb2_queue->dev, f->dma))
		return -ENOMEM;
	return 0;
}

static void frame_finish_ok(struct vb2_buffer *vb)
{
	struct frame *f = container_of(vb, struct frame, vb);

	dma_unmap_single(vb->vb2_queue->dev, f->dma, vb2_plane_size(vb, 0),
			 DMA_FROM_DEVICE);
}

const struct vb2_ops frame_ops = {
	.buf_prepare = frame_prepare_ok,
	.buf_finish = frame_finish_ok,
};

int snd_managed_ok(struct priv *p, struct snd_pcm *pcm)
{
	int ret = snd_pcm_set_managed_buffer_all(pcm, SNDRV_DMA_TYPE_DEV,
						 p->dev, 65536, 65536);

	if (ret)
		return ret;
	return fails(p) ? -EIO : 0;
}

/* --- devres --- */

static void job_free(void *data)
{
	struct job *job = data;

	dma_free_coherent(job->dev, 64, job->cpu, job->dma);
}

int devm_action_or_reset_ok(struct priv *p, struct job *job)
{
	int ret;

	job->dev = p->dev;
	job->cpu = dma_alloc_coherent(p->dev, 64, &job->dma, GFP_KERNEL);
	if (!job->cpu)
		return -ENOMEM;
	ret = devm_add_action_or_reset(p->dev, job_free, job);
	if (ret)
		return ret;
	return fails(p) ? -EIO : 0;
}

int devm_action_ok(struct priv *p, struct job *job)
{
	int ret;

	job->dev = p->dev;
	job->cpu = dma_alloc_coherent(p->dev, 64, &job->dma, GFP_KERNEL);
	if (!job->cpu)
		return -ENOMEM;
	ret = devm_add_action(p->dev, job_free, job);
	if (ret) {
		job_free(job);
		return ret;
	}
	return fails(p) ? -EIO : 0;
}

int devm_memory_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dmam_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	writel(dma, p->regs);
	return fails(p) ? -EIO : 0;
}

/* --- scopes --- */

struct scoped {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
};

static inline void scoped_free(struct scoped *s)
{
	if (s->cpu)
		dma_free_coherent(s->dev, 64, s->cpu, s->dma);
}

int scope_ok(struct priv *p)
{
	struct scoped s __attribute__((cleanup(scoped_free))) = {
		.dev = p->dev,
	};

	s.cpu = dma_alloc_coherent(p->dev, 64, &s.dma, GFP_KERNEL);
	if (!s.cpu)
		return -ENOMEM;
	writel(s.dma, p->regs);
	return fails(p) ? -EIO : 0;
}

static void job_destroy(struct job *job)
{
	dma_free_coherent(job->dev, 64, job->cpu, job->dma);
	kfree(job);
}

DEFINE_FREE(job, struct job *, if (_T) job_destroy(_T))

struct job *scope_pointer_ok(struct priv *p)
{
	struct job *job __free(job) = new_job(p);

	if (!job)
		return NULL;
	job->dev = p->dev;
	if (fails(p))
		return NULL;
	return_ptr(job);
}

/* --- references --- */

static void job_release(struct kref *ref)
{
	job_destroy(container_of(ref, struct job, ref));
}

int kref_ok(struct priv *p)
{
	struct job *job = new_job(p);

	if (!job)
		return -ENOMEM;
	job->dev = p->dev;
	kref_init(&job->ref);
	if (fails(p)) {
		kref_put(&job->ref, job_release);
		return -EIO;
	}
	return take_job(p, job);
}

int refcount_ok(struct priv *p, struct job *job)
{
	job->cpu = dma_alloc_coherent(p->dev, 64, &job->dma, GFP_KERNEL);
	if (!job->cpu)
		return -ENOMEM;
	if (fails(p)) {
		if (refcount_dec_and_test(&job->ref.refcount))
			job_destroy(job);
		return -EIO;
	}
	return 0;
}

int device_ok(struct priv *p)
{
	struct job *job = new_job(p);
	int ret;

	if (!job)
		return -ENOMEM;
	ret = device_register(&job->child);
	if (ret)
		put_device(&job->child);
	return ret;
}
