/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules: which functions move ownership, and what dmacheck says.
 *
 * All of it is data, read from rules.yaml (and compiled in). The law behind
 * it is the kernel's Documentation/core-api/dma-api.rst, dma-api-howto.rst
 * and kernel/dma/debug.c.
 */
#ifndef DMACHECK_RULES_H
#define DMACHECK_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "error.h"

enum confidence { CONF_LOW, CONF_MEDIUM, CONF_HIGH };

/*
 * What an argument, or the result, of an API is. In rules.yaml an API is
 * written as the call it is with its arguments replaced by these words:
 * "cpu = dma_alloc_coherent(dev, size, &handle, gfp)".
 */
enum role {
	ROLE_NONE,	/* _		of no interest */
	ROLE_DEV,	/* dev		the device, or what stands for it */
	ROLE_POOL,	/* pool		the pool a block comes from */
	ROLE_SIZE,	/* size		in bytes */
	ROLE_CPU,	/* cpu		kernel virtual address */
	ROLE_PAGE,	/* page		struct page * */
	ROLE_OFFSET,	/* offset	in bytes, into the page or mapping */
	ROLE_HANDLE,	/* handle	dma_addr_t */
	ROLE_HANDLE_OUT,/* &handle	where the handle is stored */
	ROLE_SGL,	/* sgl		struct scatterlist * */
	ROLE_SGT,	/* sgt		struct sg_table * */
	ROLE_NENTS,	/* nents	entries given to map_sg */
	ROLE_COUNT,	/* count	entries that map_sg returned */
	ROLE_DIR,	/* dir		enum dma_data_direction */
	ROLE_ATTRS,	/* attrs	DMA_ATTR_ */
	ROLE_GFP,	/* gfp */
	ROLE_OBJECT,	/* object	a container that owns its mapping: pool,
			 *		snd_dma_buffer, scsi_cmnd, memory */
	ROLE_OBJECT_OUT,/* &object	where the object is stored */
	ROLE_ERR,	/* err		0 or negative errno */
	ROLE_BOOL,	/* failed	true: the mapping failed */
	ROLE_FN,	/* fn		a callback */
	ROLE_DATA,	/* data		what the callback is given */
	ROLE_BUFFER,	/* buffer	memory that the function itself maps */
	ROLE_MASK,	/* mask		addresses a device can reach */
	ROLE_BUFFER_IN,	/* buffer_in	the same; the device writes to it */
	ROLE_BUFFER_OUT,/* buffer_out	the same; the device reads it */
	ROLE_USB_DIR,	/* usb_dir	a pipe or type of request: USB_DIR_IN
			 *		in it says that the device writes */
	ROLE_MAX
};

enum api_kind {
	API_ACQUIRE,	/* ownership begins */
	API_RELEASE,	/* ownership ends */
	API_TEST,	/* did the mapping fail? */
	API_SYNC,	/* CPU and device take turns: to_cpu says to whom */
	API_MASK,	/* sets an addressing limit of a device */
	API_ALLOC,	/* memory that is not DMA memory begins: kzalloc */
	API_FREE,	/* it ends: kfree */
	API_PURE,	/* result depends on the arguments alone: netdev_priv */
	API_BORROW,	/* uses its arguments, keeps none: memset */
	API_PRINT,	/* tells the value of its arguments, reads no memory
			 * there: dev_err */
	API_DEVICE,	/* gives its arguments to the device: writel */
	API_TAKE,	/* keeps or consumes its arguments: hand-over */
	API_ACTION,	/* devm_add_action_or_reset: releases later */
	API_ADDRESS,	/* CPU to physical address: virt_to_phys */
	API_LOCK,	/* begins a context in which code must not sleep */
	API_UNLOCK,	/* ends it */
	API_USER,	/* shows memory to user space: copy_to_user */
	API_ASK,	/* asks for the context: in_interrupt */
	API_TRY_ACTION,	/* devm_add_action: releases later, unless it fails */
	API_PUT,	/* drops a reference: kref_put */
	API_MAPS,	/* maps what it is given by itself: usb_control_msg */
	API_KIND_MAX
};

/* How an acquire says that it failed. */
enum fail_kind {
	FAIL_NEVER,	/* it cannot, or says so nowhere */
	FAIL_NULL,	/* NULL */
	FAIL_TEST,	/* dma_mapping_error() and nothing else */
	FAIL_ZERO,	/* 0: dma_map_sg() */
	FAIL_NEGATIVE,	/* negative: dma_map_sgtable() */
	FAIL_NONZERO,	/* any non-zero */
	FAIL_ERR_PTR,	/* IS_ERR() */
};

/* What must not be done where code runs follows from these: a set. */
enum ctx_part {
	CTX_IRQ = 1,	/* interrupts are disabled */
	CTX_BH = 2,	/* soft interrupts are, or it runs in one */
	CTX_SPIN = 4,	/* preemption is disabled, as by a spinlock */
	CTX_RCU = 8,	/* a read-side section of RCU */
};
#define CTX_PARTS 4

/* Where memory of an API_ALLOC comes from (bad-memory, missing-map). */
enum memory_kind { MEM_OTHER, MEM_KMALLOC, MEM_VMALLOC, MEM_MANAGED,
		   MEM_IOREMAP, MEM_PERCPU };

struct api;

struct family {
	const char *name;		/* "coherent" */
	const char *noun;		/* "coherent buffer", for sentences */
	const char *debug_type;		/* dma-debug's type: coherent, single,
					 * sg; two families of one type may
					 * release for each other; NULL: none */
	enum fail_kind fail;
	bool managed;			/* devres releases it */
	bool null_ok;			/* release tolerates the failed value */
	bool streaming;			/* device owns it while mapped */
	bool implicit_dir;		/* bidirectional by nature */
	const char *test;		/* "dma_mapping_error", for sentences */
	bool acquire_sleeps;		/* whatever its flags */
	bool release_sleeps;
	bool release_irqs;		/* needs interrupts enabled */
	unsigned int gfp_forbidden;	/* flags that make no sense here */
	const char *releases;		/* "dma_free_coherent", for sentences */
};

#define API_ARGS 8

struct api {
	const char *name;
	enum api_kind kind;
	const struct family *family;	/* acquire, release, test, sync; else
					 * NULL */
	enum role ret;
	unsigned int nargs;		/* that have a role */
	enum role arg[API_ARGS];
	bool to_cpu, to_device;		/* API_SYNC */
	enum memory_kind memory;	/* API_ALLOC, API_FREE */
	unsigned int context;		/* API_LOCK, API_UNLOCK: a set */
	bool wrapper;			/* of a subsystem core, reviewed */
	const struct callback *registers;	/* NULL: no callback */
	bool perhaps;			/* API_MAPS: whether it maps depends on
					 * the controller */
	bool waits;			/* API_MAPS: it waits for the end of
					 * what it maps */
};

/* A member whose buffer a subsystem core maps: spi_transfer.rx_buf. */
struct mapped_member {
	const char *type, *name;
	enum role role;			/* one of ROLE_BUFFER... */
	bool perhaps;			/* as in struct api */
};

struct rule {
	const char *id;			/* "dma-leak-error-path" */
	const char *class;		/* "leak-error-path" */
	unsigned int cwe;		/* 0: none */
	enum confidence confidence;	/* at most */
	const char *message;		/* headline, with {place} {noun} {api}
					 * {other} {value} {wanted} */
	const char *debug;		/* what CONFIG_DMA_API_DEBUG prints, or
					 * NULL if it cannot see it */
	const char *contract;		/* ids of contract.md, "R-SIZE D3" */
	const char *why, *bad, *good;	/* explanation; example code */
};

/* A member of a struct: a callback, a list. */
struct entry {
	const char *type, *field;	/* pci_driver, probe */
};

/* What a callback is in the life of an object. */
enum part {
	PART_BEGIN,	/* what it acquires belongs to the level */
	PART_END,	/* and is gone after this one */
	PART_DURING,	/* runs between the two only */
	PART_ENDS,	/* a function of the core that ends what is begun */
};

#define LEVELS_MAX 8

/*
 * A callback of a level: levels nest, an object is probed, then opened, then
 * streams; what an inner level acquired an outer one may release.
 */
struct lifecycle {
	const char *type, *field;	/* net_device_ops, ndo_open; a function
					 * and "-": what it is given */
	enum part part;
	unsigned int depth;		/* of the level, 0: outermost */
	bool repeats;			/* begins again after its end, within
					 * the outer level */
	bool final;			/* nothing ends what failed to begin */
	bool back;			/* it ends first, and begins again:
					 * suspend, then resume */
	unsigned int nuntil;		/* PART_DURING: it runs until one of */
	const char **until;		/* these is called; none: its level
					 * ends */
};

/* What a function has to do with a device that is still at work. */
enum quiet {
	QUIET_NOT,		/* nothing that is known */
	QUIET_WAIT_ZERO,	/* waits; 0 says that time was up */
	QUIET_WAIT_NONZERO,	/* waits; not 0 says that it was interrupted */
	QUIET_WAIT_POSITIVE,	/* waits; only what is positive says that it
				 * happened */
	QUIET_START,		/* sets a device to work */
	QUIET_STOP,		/* after it the device has stopped */
};

/* A member of tables: after its callback nothing of the object is called. */
struct teardown {
	const char *type;		/* NULL: of any table */
	const char *field;
};

struct quiet_name {
	const char *name;
	enum quiet quiet;
};

/*
 * Who is called back, and in which context: a member of a table of callbacks,
 * or the argument "fn" of a function that registers one.
 */
struct callback {
	const char *type, *field;	/* NULL: by call */
	struct api call;		/* its name and roles */
	unsigned int context;
	const char *runs;		/* "runs as a soft interrupt" */
	const char *unless_type, *unless_field;	/* not if somebody writes to
					 * this member: snd_pcm.nonatomic */
};

/*
 * A callback, and a member of what it is given: the list there is mapped by
 * nobody when the callback is called.
 */
struct fresh_list {
	struct entry callback, member;
};

/* A kind of code that runs by itself, or of device that does. */
struct runner {
	const char *noun;		/* "work item" */
	const char *type, *field;	/* a function stored there is a handler:
					 * work_struct, func; or NULL */
	const char *in_type, *in_field;	/* a struct around it that stands for
					 * it: delayed_work, work; or NULL */
	const char *ops;		/* tables of this struct are handlers */
	const char *open;		/* a function that says whether it still
					 * runs: netif_running; or NULL */
	bool told;			/* a device that was told to be quiet
					 * no longer causes it */
	unsigned int nbegins, nends, nfamilies;
	struct api *begin, *end;	/* object, fn; a begin that devres
					 * ends is a wrapper */
	const char **family;		/* it uses what these own */
};

/* A flag that family->gfp_forbidden may have. */
struct gfp_flag {
	const char *name;		/* "__GFP_COMP" */
	unsigned int bits;
};

/* When a callback has consumed what it was given, by what it returns. */
enum consumed { CONSUMED_ALWAYS, CONSUMED_ZERO, CONSUMED_BELOW };

/* A callback that must consume one of its arguments: ndo_start_xmit(). */
struct consumer {
	const char *type, *field;
	unsigned int param;
	enum consumed result;
	int64_t below;			/* CONSUMED_BELOW */
};

struct rules {
	struct arena *arena;
	const char *path;		/* of the file, or "built-in" */
	char hash[17];			/* of the text, hexadecimal */
	unsigned int nfamilies, napis, nrules, ngfps, nimplementers;
	unsigned int ncallbacks;
	unsigned int gfp_sleeps;	/* flags with which an acquire may
					 * sleep */
	struct callback *callback;
	unsigned int nclasses, nmakers, nmapped, nfresh, nphysical, nhandles;
	struct family *family;
	struct api *api;
	struct rule *rule;
	unsigned int ncompanions, nconsumers;
	const char **companion;		/* struct tags */
	struct consumer *consumer;
	unsigned int nmembers;
	struct mapped_member *member;
	unsigned int nlevels, nlifecycles;
	const char *level[LEVELS_MAX];	/* "bind", by depth */
	struct lifecycle *lifecycle;
	unsigned int nsegment_limits, nlong_segments;
	const char **segment_limit;	/* functions that set one */
	struct long_segment *long_segment;
	const char **implementer;	/* struct tags, see
					 * rules_implements() */
	struct gfp_flag *gfp;
	unsigned int nquiets;
	struct quiet_name *quiet;
	struct entry *class_device;	/* members that are, or lead to, a
					 * device to which no bus belongs */
	const char **maker;		/* functions that make such a device */
	struct entry *mapped;		/* members that mean something while
					 * the list they are in is mapped */
	const char **physical;		/* functions and globals */
	struct entry *handle;		/* members that are DMA addresses */
	struct fresh_list *fresh;
	unsigned int nrunners;
	struct runner *runner;
	unsigned int nteardowns;
	struct teardown *teardown;
	void *index;			/* of apis by name; private */
};

/*
 * Reads @path, or the rules that were compiled in if @path is NULL. NULL and
 * "file:line:column: sentence" in @err if the file says something wrong.
 */
struct rules *rules_load(const char *path, struct error *err);
void rules_free(struct rules *r);

const struct api *rules_api(const struct rules *r, const char *name);
const struct rule *rules_rule(const struct rules *r, const char *id);
/* Is nothing else of the object called when @type.@field failed? */
bool rules_is_entry(const struct rules *r, const char *type,
		    const char *field);

/* rules_order.c */
enum quiet rules_quiet(const struct rules *r, const char *name);
/* rules_companion.c: is an object of the type mapped for somebody else? */
bool rules_is_companion(const struct rules *r, const char *type);
/* NULL: the callback consumes nothing. */
const struct consumer *rules_consumer(const struct rules *r, const char *type,
				      const char *field);

/* What is kept in member @name of struct @type, if a core maps it, or NULL. */
const struct mapped_member *rules_member(const struct rules *r,
					 const char *type, const char *name);

/*
 * Is the member a device of a class, made for sysfs, which does no DMA? Is it
 * written when a list is mapped? Does the function make a device that has no
 * DMA mask?
 */
bool rules_class_device(const struct rules *r, const char *type,
			const char *field);
bool rules_mapped_member(const struct rules *r, const char *type,
			 const char *field);
bool rules_makes_device(const struct rules *r, const char *function);
/* Is the member a DMA address? Is the function, or the sum of an address and
 * the global, for physical addresses? */
bool rules_dma_member(const struct rules *r, const char *type,
		      const char *field);
bool rules_takes_physical(const struct rules *r, const char *name);

/* The callback's part in a level, or NULL. */
const struct lifecycle *rules_lifecycle(const struct rules *r,
					const char *type, const char *field);

/* Is a callback in member @field the last one of its object? */
bool rules_teardown(const struct rules *r, const char *type,
		    const char *field);
/* Does the call of @name begin (end) a runner? What its arguments are. */
const struct api *rules_runner(const struct rules *r, const char *name,
			       bool end, unsigned int *runner);

/*
 * The names of the flags in @bits, "__GFP_DMA | __GFP_COMP", taken from @a;
 * what has no name stands there as a number.
 */
const char *rules_gfp_names(const struct rules *r, struct arena *a,
			    unsigned int bits);

/* "DMA_TO_DEVICE" of enum dma_data_direction, or NULL if it is none. */
const char *dir_name(int64_t dir);

/* Index of the argument of @api with @role, or -1. */
/*
 * Does a unit that defines a table of callbacks of this struct implement the
 * translation of addresses itself (an IOMMU driver)?
 */
bool rules_implements(const struct rules *r, const char *type);

/*
 * Where a driver says that it takes lists from others, whose segments may be
 * long: a callback in this member; or @object, stored in it by a function that
 * stores some of @bits in member @flags. NULL: it does not.
 */
struct long_segment {
	const char *type, *field;
	const char *object;		/* NULL: any callback */
	const char *flags;
	int bits;
};
const struct long_segment *rules_long_segment(const struct rules *r,
					      const char *type,
					      const char *field);
/* Does the function set how long a segment may be? */
bool rules_limits_segments(const struct rules *r, const char *name);

int api_arg(const struct api *api, enum role role);

const char *role_name(enum role role);
/* -1: not a role. @name need not end after its @len bytes. */
int role_from_name(const char *name, size_t len);
const char *confidence_name(enum confidence c);
/* -1: not a confidence. */
int confidence_from_name(const char *name);

#endif
