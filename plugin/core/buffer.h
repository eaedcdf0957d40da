/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of transfers: what is given to the device, or to a core of the kernel
 * that maps it. Private to the core, part of checker.h.
 */
#ifndef DMACHECK_BUFFER_H
#define DMACHECK_BUFFER_H

#include "world.h"

struct checker;
struct place_in_code;

/* Memory that a function gives to the device, or to a core that does. */
enum way { WAY_UNKNOWN, WAY_IN, WAY_OUT };	/* IN: the device writes */

struct transfer {
	const char *api;
	enum way way;
	bool perhaps;			/* only some controllers have DMA */
	bool instead;			/* a function maps it on one way, and
					 * uses it otherwise on another */
	bool waits;			/* it is over when the call returns */
	bool lists;			/* puts it into a scatterlist, to be
					 * mapped by somebody else */
	bool member;			/* "api" is a member: urb.setup_packet */
	const struct term *size;	/* NULL: not known */
	struct loc loc;
	const struct origin *origin;	/* NULL: mapped by somebody else */
	const struct event *event;	/* the call, or the store */
	const char *done;		/* function that is called when it is
					 * over; NULL: not known */
};

/* A function maps what it is given as parameter @param. */
struct demand {
	const struct function *function;
	unsigned int param;
	struct transfer transfer;
};

/* A place where a member is mapped. */
struct member_site {
	const struct term *addr;	/* of the member, in @in */
	const struct function *in;
	struct transfer transfer;
};

/* A member that is mapped, and may share its cache lines. */
#define EMBEDDED_SITES 8
struct embedded {
	const struct member *member;
	unsigned int nsites;
	struct member_site site[EMBEDDED_SITES];
};

/* address.c */
/* What is wrong with mapping the memory at @cpu? */
enum bad_memory { BAD_NOT, BAD_STACK, BAD_STATIC, BAD_VMALLOC, BAD_IOMEM,
		  BAD_COHERENT };
enum bad_memory bad_memory(struct checker *c, const struct world *w,
			   const struct term *cpu);
/* NULL: nothing. */
const char *bad_memory_name(enum bad_memory bad);

/* buffer.c */
/* @value is mapped as @t says: may it be, and is nothing else beside it? */
void judge_transfer(struct checker *c, struct world *w,
		    const struct term *value, const struct transfer *t);
/* Arguments that the callee maps: usb_control_msg(). */
void judge_buffers(struct checker *c, struct world *w,
		   struct place_in_code at, const struct api *api,
		   const struct term **arg);
/* The same for a function of the unit, after what its body does. */
void judge_demands(struct checker *c, struct world *w,
		   struct place_in_code at, const struct function *callee,
		   const struct term **arg);
/* What was found of members, when all functions have been walked. */
void judge_members(struct checker *c);
/* A store to a member whose buffer a core maps: spi_transfer.rx_buf. */
void judge_member(struct checker *c, struct world *w, const struct event *ev,
		  const struct term *value);

/* companion.c */
/* Is @x a parameter that is mapped for somebody else: a packet? */
bool is_companion(const struct checker *c, const struct term *x);
/* The function returns @value: what of the mappings that failed is lost? */
void judge_companions(struct checker *c, struct world *w,
		      const struct term *value, struct loc loc);
/* @value is stored: who can reach @addr knows the object from now on. */
void store_companion(struct checker *c, struct world *w,
		     const struct term *addr, const struct term *value);
/* Somebody is given the address of a variable, and may free what is in it. */
void expose_companions(struct checker *c, struct world *w,
		       const struct term *addr);
/* @obj is about to be freed. */
void judge_freed(struct checker *c, struct world *w, const struct term *obj,
		 struct place_in_code at);

#endif
