#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Findings are warnings like the compiler's own: tag, CWE, numbered path, in
# every format there is; and they break no build unless asked to.
set -u
. tests/gcc/plugin_lib.sh
tag="[-Wdma-size-mismatch]"

run "$source"
verdict warning "tag, CWE or place is missing" says \
	"sample.c:20:9: warning: " "[CWE-131] $tag" "In function"
verdict object-is-there "no object file" test -s "$dir/out.o"

run -fdiagnostics-path-format=inline-events "$source"
verdict path-inline "no numbered events" says "(1) " "(2) "
run -fdiagnostics-path-format=separate-events "$source"
verdict path-separate "no notes" says "sample.c:14:22: note: (1) "
verdict notes-without-tag "a note has a tag" \
	not grep -qE 'note: .*\[-W' "$dir/err"
run -fdiagnostics-path-format=none "$source"
verdict path-none "there is a path" not says "(1) "

# jansson is what dmacheck itself reads JSON with
cat >"$dir/json.c" <<'C'
#include <jansson.h>

int main(void)
{
	json_t *all = json_loadf(stdin, 0, NULL);
	json_t *one = json_array_get(all, 0);
	json_t *path = json_object_get(one, "path");

	return !json_is_string(json_object_get(one, "option")) ||
	       json_array_size(path) < 2;
}
C
if "$CC" -o "$dir/json" "$dir/json.c" -ljansson 2>"$dir/err"; then
	run -fdiagnostics-format=json "$source"
	verdict json "not well-formed, or no option and path" \
		"$dir/json" <"$dir/err"
	verdict json-cwe "no CWE" says '"cwe": 131' \
		'"option": "-Wdma-size-mismatch"'
	run -fdiagnostics-format=json @stop "$source"
	verdict json-stop "not well-formed, or no option and path" \
		"$dir/json" <"$dir/err"
else
	verdict json "cannot build the reader" false
fi

run -Werror "$source"
verdict werror "-Werror breaks the build" test "$status" = 0
verdict werror-warns "no warning" says warning: "$tag"
run -Werror -Wunused-variable -include "$dir/unused.h" "$source"
verdict werror-missing-header "a missing header is no error" \
	test "$status" != 0
echo 'static void unused(void) { int x; }' >"$dir/unused.h"
run -Werror -Wall -include "$dir/unused.h" "$source"
verdict werror-others "other warnings are no errors" refused \
	"-Werror=unused" "warning: " "$tag"
run @error "$source"
verdict error "findings are no errors" refused \
	"error: " "[-Werror=dma-size-mismatch]"
run @error @level=high @disable=dma-size-mismatch "$source"
verdict error-disabled "a disabled rule is an error" silent
run -w "$source"
verdict inhibited "-w is not honoured" silent
exit $failed
