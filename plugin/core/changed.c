/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A field changed in between: the release computes its size (device,
 * direction, number of entries) from the same members as the acquire did, but
 * one of them was written since.
 */
#include "agree.h"

const enum role form_role[FORMS] = {
	ROLE_SIZE, ROLE_NENTS, ROLE_DEV, ROLE_DIR,
};

struct form {
	struct checker *c;
	const struct world *w;
	bool any;			/* some member was found */
};

/* The member that holds @x in the world, or NULL. */
static const struct term *member_with(const struct world *w,
				      const struct term *x)
{
	unsigned int i;

	for (i = 0; i < w->ncells; i++)
		if (!w->cell[i].region && w->cell[i].value == x &&
		    place_member(w->cell[i].addr) &&
		    !place_is_local(w->cell[i].addr))
			return w->cell[i].addr;
	if (x->kind == TERM_LOAD && place_member(x->arg[0]) &&
	    !place_is_local(x->arg[0]))
		return x->arg[0];
	return NULL;
}

static const struct term *as_form(void *data, const struct term *x)
{
	struct form *f = data;
	const struct term *addr;

	if (x->kind == TERM_CONST)
		return x;
	addr = member_with(f->w, x);
	if (addr) {
		f->any = true;
		return term_load(f->c->t, addr, 0);
	}
	return x->kind == TERM_OP ? NULL : x;
}

void forms_of(struct checker *c, const struct world *w,
	      const struct term *const *role, const struct term **form)
{
	unsigned int i;

	for (i = 0; i < FORMS; i++) {
		struct form f = { .c = c, .w = w };
		const struct term *x = role[form_role[i]];

		form[i] = x && !x->vague ? term_map(c->t, x, as_form, &f) :
			  NULL;
		if (!f.any)
			form[i] = NULL;
	}
}

/* Is the member one of those that the form is made of? */
static bool reads_member(const struct term *form, const struct term *addr)
{
	unsigned int i;

	if (form->kind == TERM_LOAD)
		return form->arg[0] == addr;
	for (i = 0; form->kind == TERM_OP && i < form->nargs; i++)
		if (reads_member(form->arg[i], addr))
			return true;
	return false;
}

bool is_unclear(const struct term *x)
{
	return is_lost_value(x) || x->vague ||
	       (x->kind == TERM_LOAD && x->value);
}

void note_change(struct checker *c, struct world *w, const struct term *addr,
		 const struct term *value, struct loc loc)
{
	unsigned int i, k;

	if (!place_member(addr) || is_unclear(value))
		return;
	for (i = 0; i < w->nowned; i++) {
		const struct mapping *m = w->owned[i].m;

		if (!m->origin || !is_live(&w->owned[i]))
			continue;
		for (k = 0; k < FORMS; k++)
			if (m->form[k] && reads_member(m->form[k], addr) &&
			    !term_contains(m->role[form_role[k]], value))
				break;
		if (k == FORMS)
			continue;
		trail_add(c, w, TRAIL_CHANGE, loc, "%s is changed here",
			  place_name(c->a, c->fr->f, addr), NULL)->term = addr;
		return;
	}
}

static const struct term *as_now(void *data, const struct term *x)
{
	struct form *f = data;

	if (x->kind == TERM_LOAD && place_member(x->arg[0]))
		return term_strip(world_load(f->c->t, f->w, x->arg[0]));
	return x->kind == TERM_OP ? NULL : x;
}

const struct trail *changed_since(struct checker *c, const struct world *w,
				  const struct mapping *m,
				  const struct roles *r, enum role role)
{
	struct form f = { .c = c, .w = w };
	const struct trail *t;
	unsigned int k;

	for (k = 0; k < FORMS && form_role[k] != role; k++)
		;
	if (k == FORMS || !m->form[k] ||
	    terms_agree(term_map(c->t, m->form[k], as_now, &f),
			r->role[role]) != AGREE)
		return NULL;
	for (t = w->trail; t; t = t->before) {
		if (t->kind == TRAIL_ACQUIRE &&
		    t->function == m->origin->function &&
		    t->loc.line == m->origin->event->loc.line)
			return NULL;
		if (t->kind == TRAIL_CHANGE &&
		    reads_member(m->form[k], t->term))
			break;
	}
	return t && !is_unclear(world_load(c->t, w, t->term)) ? t : NULL;
}
