// SPDX-License-Identifier: GPL-2.0-or-later
/* What the lowering makes of this is in sample.event. */
typedef unsigned long size_t;
typedef unsigned long long u64;
typedef u64 dma_addr_t;
typedef unsigned char u8;
struct device;

struct desc {
	dma_addr_t addr;
	int len;
};

struct priv {
	struct device *dev;
	union {
		struct {
			int inner;
			dma_addr_t dma;
		};
		u64 raw;
	};
	unsigned int ready:1, mode:2, on:1;
	struct desc ring[4];
	struct {
		int x;
	} named;
	char list[16];
	void *cpu;
	void (*hook)(struct priv *);
	struct desc *extra;
};

struct ops {
	int (*open)(struct priv *);
	struct {
		int (*run)(struct priv *);
	} sub[2];
};

void *dma_alloc_coherent(struct device *, size_t, dma_addr_t *, unsigned int);
void dma_free_coherent(struct device *, size_t, void *, dma_addr_t);
int use(void *);
void panic(void) __attribute__((noreturn));

/* every function calls this, so that it matters */
static void api(struct priv *p)
{
	dma_free_coherent(p->dev, 8, p->cpu, p->dma);
}

void anonymous(struct priv *p)
{
	p->raw = 1;
	p->named.x = 2;
	api(p);
}

int bits(struct priv *p)
{
	if (p->mode == 2)
		p->ready = 1;
	if (p->ready && p->on)
		api(p);
	return 0;
}

void elements(struct priv *p, int i, u8 *bytes)
{
	struct desc *d = p->extra;

	p->ring[i].len = 1;
	d[3].len = 2;
	d[i + 1].addr = 3;
	*(int *)(bytes + 8) = 4;
	*(dma_addr_t *)((char *)&p->ring[0] + 16) = 5;
	api(p);
}

void container(char *list)
{
	void *m = list;
	struct priv *p = m - __builtin_offsetof(struct priv, list);

	api(p);
}

int choose(struct priv *p, int what)
{
	switch (what) {
	case 1:
		return -5;
	case 2 ... 4:
		api(p);
		return 7;
	default:
		panic();
	}
}

int locals(struct priv *p)
{
	struct desc d = {};
	struct desc copy = p->ring[1];

	{
		dma_addr_t d = p->dma;

		use(&d);
	}
	use(&d);
	api(p);
	return use(&copy);
}

void likely(struct priv *p, unsigned int n, int m)
{
	if (__builtin_expect(!!(n < 4 && m > -3), 1))
		api(p);
	p->hook(p);
}

void spin(struct priv *p, u64 old)
{
	u64 *word = &p->raw, hidden;

	asm volatile("xchg %0, %1" : "+r"(old), "+m"(*word) : "r"(p));
	asm("" : "=r"(hidden) : "0"(old + 8));
	p->raw = hidden;
	api(p);
}

void loop(struct priv *p)
{
again:
	api(p);
	if (!p->cpu)
		goto again;
}

static int run(struct priv *p)
{
	api(p);
	return 0;
}

struct ops table[] = { { run, { { run }, { 0 } } } };
