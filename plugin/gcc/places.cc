// SPDX-License-Identifier: GPL-2.0-or-later
#include "places.h"

/* Not 0 for any line of any file. */
static uint64_t key(core::loc loc)
{
	return (uint64_t)loc.file << 48 | (uint64_t)loc.line << 16 |
	       (loc.col & 0xffff);
}

/* A macro's own lines would be shown instead of the driver's. */
static bool is_in_macro(location_t where)
{
	return from_macro_expansion_at(where) ||
	       from_macro_expansion_at(get_start(where)) ||
	       from_macro_expansion_at(get_finish(where));
}

void places_add(struct places *p, core::loc loc, location_t where)
{
	bool existed;
	location_t *at;

	if (is_in_macro(where))
		return;
	at = &p->at.get_or_insert(key(loc), &existed);
	if (!existed)
		*at = where;
}

/*
 * Maps cover a run of lines of one file; a line beyond the run has a number
 * that belongs to the next map.
 */
static location_t bare_position(const char *file, unsigned int line,
				unsigned int col)
{
	unsigned int n = LINEMAPS_ORDINARY_USED(line_table), i;

	for (i = 0; i < n; i++) {
		const line_map_ordinary *map =
			LINEMAPS_ORDINARY_MAP_AT(line_table, i);
		location_t first = MAP_START_LOCATION(map);
		location_t end = i + 1 < n ? MAP_START_LOCATION(map + 1) :
				 line_table->highest_location + 1;
		location_t at;

		if (ORDINARY_MAP_STARTING_LINE_NUMBER(map) > line ||
		    strcmp(ORDINARY_MAP_FILE_NAME(map), file))
			continue;
		at = linemap_position_for_line_and_column(line_table, map,
							  line, col);
		if (at >= first && at < end)
			return at;
	}
	return UNKNOWN_LOCATION;
}

location_t places_find(const struct places *p, const core::unit *u,
		       const char *file, unsigned int line,
		       unsigned int col)
{
	core::loc loc = { 0, line, col };
	location_t *at;

	if (!file || !line)
		return UNKNOWN_LOCATION;
	while (loc.file < u->nfiles && strcmp(u->file[loc.file], file))
		loc.file++;
	at = const_cast<struct places *>(p)->at.get(key(loc));
	return at ? *at : bare_position(file, line, col);
}
