// SPDX-License-Identifier: GPL-2.0-or-later
#include "place_set.h"

/* Where the member is in the set, or the free slot where it would be. */
static const struct term **find(const struct place_set *s,
				const struct term *member)
{
	uint64_t h = (uintptr_t)member->type * 31 + (uintptr_t)member->name +
		     (uint64_t)member->value;
	unsigned int at = (unsigned int)(h * 0x9e3779b97f4a7c15ull >> 32);

	for (at &= s->nslots - 1; s->slot[at]; at = (at + 1) & (s->nslots - 1))
		if (place_same_member(s->slot[at], member))
			break;
	return &s->slot[at];
}

bool place_set_has(const struct place_set *s, const struct term *addr)
{
	const struct term *member = s->n ? place_member(addr) : NULL;

	return member && *find(s, member);
}

void place_set_add(struct arena *a, struct place_set *s,
		    const struct term *addr)
{
	struct place_set more = { .nslots = s->nslots ? 2 * s->nslots : 64 };
	const struct term *member = place_member(addr), **at;
	unsigned int i;

	if (!member)
		return;
	if (2 * (s->n + 1) > s->nslots) {
		more.slot = arena_alloc(a, more.nslots * sizeof(*more.slot));
		for (i = 0; i < s->nslots; i++)
			if (s->slot[i])
				*find(&more, s->slot[i]) = s->slot[i];
		more.n = s->n;
		*s = more;
	}
	at = find(s, member);
	s->n += !*at;
	*at = member;
}
