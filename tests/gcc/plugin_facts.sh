#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each compile leaves one complete facts file or none, with the files it was
# made from; "stop" ends it there.
set -u
. tests/gcc/plugin_lib.sh
facts="$dir/with blank.json"
target=$(echo "$facts" | sed 's/ /\\ /g')

complete()
{
	head -n 1 "$facts" | grep -q '"record":"unit"' &&
		tail -n 1 "$facts" | grep -q '"record":"end"' &&
		grep -q '"record":"finding"' "$facts" &&
		[ -z "$(find "$dir" -name '*.tmp')" ]
}

gone()
{
	[ -z "$(find "$dir" -name 'with blank*')" ]
}

echo 'int from_header;' >"$dir/with#sign.h"
run @facts="$facts" @quiet -include 'with#sign.h' "$source"
verdict facts "not complete, or not quiet" complete
verdict quiet "it printed something" silent
verdict target "another target" grep -q \
	"\"target\":\"$("$CC" -dumpmachine)\"" "$facts"

# make is to find all names, and the rule up to date
printf 'all: %s\n\t@echo done\ninclude %s.d\n' "$target" "$target" \
	>"$dir/Makefile"
verdict deps-first "the source is not first" test \
	"$(sed -n '2s/ \\$//p' "$facts.d")" = " $source"
verdict deps-header "the header is missing" grep -qF 'with\#sign.h' \
	"$facts.d"
verdict deps-make "make does not understand them" test \
	"$(make -s -C "$dir" 2>"$dir/err")" = done
rm "$dir/with#sign.h"
verdict deps-missing "make does not miss the header" \
	not make -s -C "$dir" >"$dir/err" 2>&1

run @facts="$facts" @rules="$PWD/rules.yaml" "$source"
verdict deps-rules "the rules file is no dependency" \
	grep -qF rules.yaml "$facts.d"

echo 'int broken(' >"$dir/broken.c"
run @facts="$facts" "$dir/broken.c"
verdict no-facts-on-error "old facts are left" gone

run @facts="$dir/none/facts.json" "$source"
verdict unwritable "no sentence" refused \
	"cannot write" "$dir/none/facts.json"

# a file size limit is a disk that is full
(ulimit -f 0; trap '' XFSZ; "$CC" -fplugin="$plugin" -S -o /dev/null \
	-fplugin-arg-dmacheck-facts="$facts" "$source") >"$dir/err" 2>&1
status=$?
verdict disk-full "exit status 0" test $status != 0
verdict disk-full-facts "a part is left" gone

rm -f "$dir/out.o"
(cd "$dir" && "$CC" -fplugin="$plugin" -fplugin-arg-dmacheck-stop \
	-fplugin-arg-dmacheck-facts="$facts" -S -o /dev/null "$source") \
	2>"$dir/err"
status=$?
verdict stop "exit status $status" test $status = 0
verdict stop-facts "not complete" complete
verdict stop-warns "no warning" says "[-Wdma-size-mismatch]"
verdict stop-leaves-nothing "a file is left" test -z \
	"$(find "$dir" -name '*.o' -o -name '*.s')"
run @stop @error "$source"
verdict stop-error "exit status 0" test $status != 0
run @stop "$dir/broken.c"
verdict stop-broken "exit status 0" test $status != 0
exit $failed
