#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The core knows nothing of GCC: every file of it compiles with no include
# path but its own and the system's, and reads no header of GCC's plugins.
set -u
plugin_dir=$(${CC:-gcc} -print-file-name=plugin)

# Without -I for the plugin headers there is nothing to find by accident.
if echo '#include "gcc-plugin.h"' |
   ${CC:-gcc} -xc - -fsyntax-only -Iplugin/core 2>/dev/null; then
	echo "not ok gcc-plugin.h: found without its include path"
else
	echo "ok gcc-plugin.h is out of reach"
fi

for f in plugin/core/*.c; do
	if ! deps=$(${CC:-gcc} -std=c11 -D_GNU_SOURCE -Iplugin/core \
		    -fsyntax-only -MD -MF /dev/stdout "$f" 2>&1); then
		echo "not ok $f: does not compile alone"
		echo "$deps"
	elif echo "$deps" | grep -qF "$plugin_dir/"; then
		echo "not ok $f: reads a header of $plugin_dir"
	elif echo "$deps" | grep -q 'plugin/gcc/\|[ /]tool/'; then
		echo "not ok $f: reads a header outside plugin/core"
	else
		echo "ok $f"
	fi
done
