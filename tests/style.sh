#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The house style, as far as it can be counted. One test a rule; a file counts
# as soon as git would add it.
set -u
found=$(mktemp) || exit 2
trap 'rm -f "$found"' EXIT

# tell CHECK: names each violation on standard input
tell()
{
	sed "s/^/$1\t/" >>"$found"
}

mapfile -t all < <({ git ls-files -co --exclude-standard 2>/dev/null ||
	find . -type f ! -path './build/*' | sed 's,^\./,,'; } |
	while read -r f; do [ -f "$f" ] && echo "$f"; done | sort)
of() # PATTERN: the files whose name matches
{
	printf '%s\n' "${all[@]}" | grep -E "$1"
}
mapfile -t sources < <(of '\.(c|cc|h)$')
mapfile -t scripts < <(of '\.sh$|^\.ci/run$')
mapfile -t text < <(of '' | grep -vx LICENSE)

checks="line-length tabs macro-flow banned library nesting function-length
file-length header-comment"
awk -f tests/style.awk "${sources[@]}" >>"$found"

checks+=" licence"
for f in "${sources[@]}" "${scripts[@]}" $(of '\.(awk|py|map|yaml|cocci)$|^Makefile$'); do
	head -n 2 "$f" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' ||
		echo "$f" | tell licence
done

checks+=" trailing-blanks"
grep -nIE '[ 	]+$' "${text[@]}" | tell trailing-blanks

checks+=" file-size"
find "${all[@]}" -size +1024k | tell file-size

checks+=" binary"
for f in "${all[@]}"; do
	[ ! -s "$f" ] || grep -qI '' "$f" || echo "$f" | tell binary
done

# Written so that this file does not match itself.
checks+=" machine-paths"
grep -nIE '(^|[^A-Za-z0-9_.$}*)-])/(home|root|work)/[A-Za-z.]' "${text[@]}" |
	tell machine-paths
grep -nIE '(^|[^A-Za-z0-9_.$}*)-])/[t]mp/[A-Za-z.]' "${text[@]}" |
	grep -v '^tests/' | tell machine-paths

checks+=" registry-hosts"
grep -nIE '(deb|security|snapshot|ftp|archive)[.](debian|ubuntu)[.](org|com)|(pypi|crates|npmjs)[.](org|io|com)' \
	"${text[@]}" | tell registry-hosts

checks+=" left-over"
grep -nIwE 'T[O]DO|F[I]XME|X[X]X' "${text[@]}" | tell left-over

checks+=" cxx"
of '\.(cc|cpp|cxx|hh|hpp)$' | grep -v '^plugin/gcc/' | tell cxx

checks+=" core-includes"
grep -nE '^[ 	]*#[ 	]*include[ 	]*"' plugin/core/*.[ch] |
	while IFS='"' read -r where name _; do
		[ -e "plugin/core/$name" ] || echo "$where$name"
	done | tell core-includes
grep -nE '#[ 	]*include.*(gcc|tree|gimple|diagnostic)[a-z-]*\.h' \
	plugin/core/*.[ch] | tell core-includes

# Data that can be written and lives as long as the program.
checks+=" global-state"
objects=$(ls build/obj/plugin/*/*.o build/obj/tool/*.o build/obj/reports/*.o \
	2>/dev/null | grep -v '^build/obj/plugin/gcc/plugin.o$')
if [ -z "$objects" ]; then
	echo "nothing is built: run make" | tell global-state
else
	for o in $objects; do
		objdump -t "$o" | awk -v o="$o" '
			/ \.(t?bss|t?data)[.a-zA-Z_0-9]*\t/ &&
			! / \.data\.rel\.ro/ && / O / { print o ": " $NF }
			/ \*COM\*\t/ { print o ": " $NF }'
	done | tell global-state
fi

checks+=" shell-syntax"
for f in "${scripts[@]}"; do
	bash -n "$f" 2>&1 | tell shell-syntax
done

for c in $checks; do
	n=$(grep -c "^$c	" "$found")
	if [ "$n" = 0 ]; then
		echo "ok $c"
	else
		echo "not ok $c: $n places"
		sed -n "s/^$c\t//p" "$found" | head -n 40
	fi
done
