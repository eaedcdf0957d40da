// SPDX-License-Identifier: GPL-2.0-or-later
/* What kinds of result a function is written to return. */
#include <string.h>
#include "checker.h"

static bool mentions(const struct event *ev, const struct term *x)
{
	return (ev->kind == EV_RETURN || ev->kind == EV_SET ||
		ev->kind == EV_TEST) && ev->value &&
	       term_contains(ev->value, x);
}

/* Does the function know -EINPROGRESS: will what it starts complete later? */
static void find_async(struct checker *c, struct frame *fr)
{
	const struct term *pending = term_const(c->t, -115);
	unsigned int b, i, p;

	for (b = 0; b < fr->f->nblocks; b++) {
		const struct block *blk = &fr->f->block[b];

		for (i = 0; i < blk->nevents; i++)
			fr->async |= mentions(&blk->event[i], pending);
		for (i = 0; i < blk->nphis; i++)
			for (p = 0; p < blk->npred; p++)
				fr->async |= blk->phi[i].arg[p] == pending;
	}
}

static bool is_err_ptr(const struct term *x)
{
	return x && x->kind == TERM_CONST && x->value < 0 && x->value >= -4095;
}

static bool makes_err_ptr(const struct event *ev)
{
	if (ev->kind == EV_RETURN)
		return is_err_ptr(ev->value);
	return ev->kind == EV_CALL && ev->callee &&
	       (!strcmp(ev->callee, "ERR_PTR") ||
		!strcmp(ev->callee, "ERR_CAST"));
}

/* Does the function make an ERR_PTR(), or return a constant one? */
static void find_err_ptr(struct frame *fr)
{
	unsigned int b, i, p;

	for (b = 0; b < fr->f->nblocks; b++) {
		const struct block *blk = &fr->f->block[b];

		for (i = 0; i < blk->nevents; i++)
			fr->err_ptr |= makes_err_ptr(&blk->event[i]);
		for (i = 0; i < blk->nphis; i++)
			for (p = 0; p < blk->npred; p++)
				fr->err_ptr |= is_err_ptr(blk->phi[i].arg[p]);
	}
}

void find_results(struct checker *c, struct frame *fr)
{
	find_async(c, fr);
	if (fr->f->ret == RET_POINTER)
		find_err_ptr(fr);
}
