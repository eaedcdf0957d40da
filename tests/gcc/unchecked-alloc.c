// SPDX-License-Identifier: GPL-2.0-or-later
/* Memory is tested for NULL before it is touched. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/usb.h>

struct desc {
	__le32 addr, len;
};

struct priv {
	struct device *dev;
	void *regs;
	struct desc *ring;
	dma_addr_t ring_dma;
	struct dma_pool *pool;
	struct desc *slot[8];
	dma_addr_t slot_dma[8];
};

int work(struct priv *p);
void fill(void *cpu);

int store_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	p->ring->len = 0;
	return 0;
}

int store_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	p->ring->len = 0;
	return 0;
}

int local_bad(struct priv *p)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	cpu[0] = 1;	/* dma-unchecked-alloc: high */
	work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int local_ok(struct priv *p)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (cpu == NULL)
		return -ENOMEM;
	cpu[0] = 1;
	work(p);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int memset_bad(struct priv *p, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	memset(cpu, 0xff, len);
	work(p);
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

int memcpy_bad(struct priv *p, const void *image, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	memcpy(cpu, image, len);
	work(p);
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

int memcpy_ok(struct priv *p, const void *image, size_t len)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);

	if (unlikely(!cpu))
		return -ENOMEM;
	memcpy(cpu, image, len);
	work(p);
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

int device_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	writel(lower_32_bits(p->ring_dma), p->regs);
	return 0;
}

int device_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	if (p->ring) {
		writel(lower_32_bits(p->ring_dma), p->regs);
		return 0;
	}
	return -ENOMEM;
}

/* A later test does not help what came before it. */
int FN_late_test_bad(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	p->ring->addr = 0;
	if (!p->ring)
		return -ENOMEM;
	return 0;
}

int pool_bad(struct priv *p)
{
	dma_addr_t dma;
	struct desc *d = dma_pool_alloc(p->pool, GFP_ATOMIC, &dma);

	d->len = 0;
	work(p);
	dma_pool_free(p->pool, d, dma);
	return 0;
}

int pool_ok(struct priv *p)
{
	dma_addr_t dma;
	struct desc *d = dma_pool_alloc(p->pool, GFP_ATOMIC, &dma);

	if (!d)
		return -ENOMEM;
	d->len = 0;
	work(p);
	dma_pool_free(p->pool, d, dma);
	return 0;
}

int FN_pool_create_bad(struct device *dev)
{
	struct dma_pool *pool = dma_pool_create("x", dev, 64, 64, 0);
	dma_addr_t dma;
	void *block = dma_pool_alloc(pool, GFP_KERNEL, &dma);

	if (block)
		dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
	return 0;
}

int usb_bad(struct usb_device *udev)
{
	dma_addr_t dma;
	u8 *cpu = usb_alloc_coherent(udev, 8, GFP_KERNEL, &dma);

	cpu[0] = 1;
	usb_free_coherent(udev, 8, cpu, dma);
	return 0;
}

int usb_ok(struct usb_device *udev)
{
	dma_addr_t dma;
	u8 *cpu = usb_alloc_coherent(udev, 8, GFP_KERNEL, &dma);

	if (!cpu)
		return -ENOMEM;
	cpu[0] = 1;
	usb_free_coherent(udev, 8, cpu, dma);
	return 0;
}

static int get(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	return p->ring ? 0 : -ENOMEM;
}

int helper_ok(struct priv *p)
{
	if (get(p))
		return -ENOMEM;
	p->ring->len = 0;
	return 0;
}

/* What its caller does wrong is reported, but as if it were done here. */
static void *get_cpu_ok(struct priv *p, dma_addr_t *dma)
{
	return dma_alloc_coherent(p->dev, 64, dma, GFP_KERNEL);
}

int wrapper_bad(struct priv *p)
{
	u32 *cpu = get_cpu_ok(p, &p->ring_dma);

	cpu[3] = 0;
	p->ring = (struct desc *)cpu;
	return 0;
}

static void *get_tested_cpu(struct priv *p, dma_addr_t *dma)
{
	return dma_alloc_coherent(p->dev, 64, dma, GFP_KERNEL);
}

/* One caller tests what the helper returns, the other one does not. */
int FN_wrapper_other_tests_bad(struct priv *p)
{
	u32 *cpu = get_tested_cpu(p, &p->ring_dma);

	cpu[3] = 0;
	p->ring = (struct desc *)cpu;
	return 0;
}

int wrapper_ok(struct priv *p)
{
	u32 *cpu = get_tested_cpu(p, &p->ring_dma);

	if (!cpu)
		return -ENOMEM;
	cpu[3] = 0;
	p->ring = (struct desc *)cpu;
	return 0;
}

int both_or_ok(struct priv *p)
{
	dma_addr_t a_dma, b_dma;
	u32 *a = dma_alloc_coherent(p->dev, 64, &a_dma, GFP_KERNEL);
	u32 *b = dma_alloc_coherent(p->dev, 64, &b_dma, GFP_KERNEL);
	int ret = -ENOMEM;

	if (!a || !b)
		goto out;
	a[0] = b[0] = 0;
	ret = work(p);
out:
	dma_free_coherent(p->dev, 64, b, b_dma);
	dma_free_coherent(p->dev, 64, a, a_dma);
	return ret;
}

int loop_ok(struct priv *p)
{
	int i;

	for (i = 0; i < 8; i++) {
		p->slot[i] = dma_pool_zalloc(p->pool, GFP_KERNEL,
					     &p->slot_dma[i]);
		if (!p->slot[i])
			goto unwind;
		p->slot[i]->len = cpu_to_le32(i);
	}
	return 0;
unwind:
	while (i--)
		dma_pool_free(p->pool, p->slot[i], p->slot_dma[i]);
	return -ENOMEM;
}

void *returned_ok(struct priv *p)
{
	return dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
}

int passed_on_ok(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	return p->ring ? work(p) : -ENOMEM;
}

int free_unchecked_ok(struct priv *p)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(p->dev, 64, &dma, GFP_KERNEL);

	if (cpu)
		fill(cpu);
	dma_free_coherent(p->dev, 64, cpu, dma);
	return 0;
}

int managed_bad(struct device *dev)
{
	dma_addr_t dma;
	u32 *cpu = dmam_alloc_coherent(dev, 64, &dma, GFP_KERNEL);

	cpu[0] = lower_32_bits(dma);
	return 0;
}

int managed_ok(struct device *dev)
{
	dma_addr_t dma;
	u32 *cpu = dmam_alloc_coherent(dev, 64, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	cpu[0] = lower_32_bits(dma);
	return 0;
}

int fallback_ok(struct priv *p, size_t len)
{
	dma_addr_t dma;
	u32 *cpu;

	cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL | __GFP_NOWARN);
	if (!cpu) {
		len /= 2;
		cpu = dma_alloc_coherent(p->dev, len, &dma, GFP_KERNEL);
	}
	if (!cpu)
		return -ENOMEM;
	cpu[0] = 0;
	dma_free_coherent(p->dev, len, cpu, dma);
	return 0;
}

/* The helper tests, but nobody listens to what it says. */
static int has_none(struct priv *p)
{
	p->ring = dma_alloc_coherent(p->dev, 64, &p->ring_dma, GFP_KERNEL);
	return !p->ring;
}

void ignored_result_bad(struct priv *p)
{
	has_none(p);	/* dma-unchecked-alloc: medium */
	p->ring->len = 0;
}

/* A variable that is filled when it is first wanted, and looked at again. */
static struct desc *table;
static dma_addr_t table_dma;

static int fill_table(struct priv *p)
{
	table = dma_alloc_coherent(p->dev, 64, &table_dma, GFP_KERNEL);
	return table ? 0 : -ENOMEM;
}

struct desc *ignored_but_tested_ok(struct priv *p)
{
	if (!table)
		fill_table(p);
	if (!table)
		return NULL;
	table->len = 0;
	return table;
}

/* And one that nobody looks at. */
static struct desc *other_table;

static int fill_other(struct priv *p)
{
	other_table = dma_alloc_coherent(p->dev, 64, &table_dma, GFP_KERNEL);
	return other_table ? 0 : -ENOMEM;
}

void ignored_variable_bad(struct priv *p)
{
	fill_other(p);	/* dma-unchecked-alloc: medium */
	other_table->len = 0;
}

int heeded_result_ok(struct priv *p)
{
	if (has_none(p))
		return -ENOMEM;
	p->ring->len = 0;
	return 0;
}

/* A command that is not sent: what it would have been in, nobody has. */
static int begin(struct priv *p, struct desc **req, dma_addr_t *dma)
{
	*req = dma_pool_alloc(p->pool, GFP_KERNEL, dma);
	return *req ? 0 : -ENOMEM;
}

static int command(struct priv *p)
{
	struct desc *req;
	dma_addr_t dma;
	int err = begin(p, &req, &dma);

	if (err)
		return err;
	req->len = 0;
	err = work(p);
	dma_pool_free(p->pool, req, dma);
	return err;
}

void ignored_command_ok(struct priv *p)
{
	command(p);
}

/* What fails leaves nothing that could be used. */
struct port {
	struct desc *table;
	dma_addr_t dma;
	struct port *next;
};

static struct port *spare_ports;

static int add_port(struct priv *p)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;
	port->table = dma_alloc_coherent(p->dev, 64, &port->dma, GFP_KERNEL);
	if (!port->table) {
		kfree(port);
		return -ENOMEM;
	}
	port->next = spare_ports;
	spare_ports = port;
	return 0;
}

void ignored_spare_ok(struct priv *p, struct port *port)
{
	add_port(p);
	port->table->len = 0;
}
