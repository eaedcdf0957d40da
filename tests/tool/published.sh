#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The triage that is published is well-formed, and every entry says why.
cd "$(dirname "$0")/../.." || exit 2
command=${DMACHECK:-build/dmacheck}

for file in reports/published/*/known.yaml; do
	if ! [ -f "$file" ]; then
		echo "not ok published: there is no triage"
	elif ! said=$("$command" known --check "$file" 2>&1); then
		echo "not ok $file: $said"
	elif grep -q 'not looked at yet' "$file"; then
		echo "not ok $file: an entry that nobody judged"
	else
		echo "ok $file: ${said##*: }"
	fi
done
