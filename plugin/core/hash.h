/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hash tables of structs (uthash), with a hash function for short keys: its
 * own takes a good part of what looks up pointers.
 */
#ifndef DMACHECK_HASH_H
#define DMACHECK_HASH_H

#define XXH_INLINE_ALL
#include <xxhash.h>
#define HASH_FUNCTION(key, length, hash) \
	((hash) = (unsigned int)XXH3_64bits(key, length))
#include <uthash.h>

#endif
