# SPDX-License-Identifier: GPL-2.0-or-later
# From what gcc printed, one line a finding: line, function, rule.

/: In function '/ {
	split($0, part, "'")
	function_name = part[2]
	next
}

/: In member function|: At top level:/ {
	function_name = "-"
	next
}

/ warning: .*\[-Wdma-[a-z-]*\]$/ {
	split($0, part, ":")
	rule = $NF
	sub(/^\[-W/, "", rule)
	sub(/\]$/, "", rule)
	print part[2], function_name, rule
}
