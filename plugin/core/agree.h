/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Agreement: what is given back is what was taken. Private to the core.
 *
 *	agree.c		two values; one release and the acquire it is of
 *	pair.c		an acquire and a release in two functions, joined by
 *			the place where the mapping is kept
 *	changed.c	the same member is asked, but says something else now
 */
#ifndef DMACHECK_AGREE_H
#define DMACHECK_AGREE_H

#include "checker.h"

/* A place in which some function leaves a mapping. */
struct kept {
	const struct mapping *m;
	const struct term *holder;
	const struct function *function;
	bool whole;			/* not an address inside it */
};

/* A release of what a place holds, in a function that did not acquire it. */
struct loose {
	struct roles *r;
	bool varies[ROLE_MAX];		/* not the same on every path */
	const struct term *form[FORMS];	/* see struct mapping */
	const struct trail *trail;
};

/*
 * DIFFER: proved. DIFFER_LIKELY: two members of an object, two parameters.
 * DIFFER_MAYBE: constants of two branches; or what is rounded, and the same if
 * it was a multiple before.
 */
enum agree { AGREE, DIFFER, DIFFER_LIKELY, DIFFER_MAYBE, AGREE_UNKNOWN };

/* release.c: had the value, or what it is made of, a name once? */
bool is_lost_value(const struct term *x);
/* renew.c: what @o is, and @r releases again, may not be the same. */
bool is_renewed(struct checker *c, const struct world *w,
		const struct owned *o, const struct roles *r);
/* changed.c: may it be any value, because somebody unknown wrote it? */
bool is_unclear(const struct term *x);

/* agree.c */
/* The name of a value in a sentence: constants of an enum by name. */
const char *role_text(struct checker *c, const struct function *f,
		      enum role role, const struct term *x);
bool same_family(const struct api *acquire, const struct family *y);
/* Was it acquired from another pool than @pool, a member's value or NULL? */
bool other_pool(const struct mapping *m, const struct term *pool);
enum agree terms_agree(const struct term *a, const struct term *b);
void compare_release(struct checker *c, struct world *w, struct owned *o,
		     const struct roles *r);

/* changed.c */
extern const enum role form_role[FORMS];
/*
 * Which members of which objects the values are made of: in @form, the values
 * of @role with each part that some member holds in @w as the load of it.
 */
void forms_of(struct checker *c, const struct world *w,
	      const struct term *const *role, const struct term **form);
/* A store: a step of the path, if something is mapped with what was there. */
void note_change(struct checker *c, struct world *w, const struct term *addr,
		 const struct term *value, struct loc loc);
/*
 * Is @role of the release, which differs from that of the mapping, read from
 * the same members, which were written in between? The last such step, or
 * NULL.
 */
const struct trail *changed_since(struct checker *c, const struct world *w,
				  const struct mapping *m,
				  const struct roles *r, enum role role);

/* pair.c */
/* @value is stored at @holder: is it the mapping, or inside it? */
void note_kept(struct checker *c, const struct mapping *m,
	       const struct term *holder, const struct term *value);
/* What a member holds was mapped: a list, a table, a request. */
void note_mapped(struct checker *c, const struct mapping *m);
void note_loose(struct checker *c, struct world *w, const struct roles *r);
void judge_pairs(struct checker *c);

#endif
