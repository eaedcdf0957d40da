# SPDX-License-Identifier: GPL-2.0-or-later
# Compares the findings of one file, as findings.awk prints them, with what
# the names of its functions and its comments say.
#
#	awk -v rule=dma-... -f verdict.awk MEDIUM HIGH SOURCE
#
# MEDIUM and HIGH: the findings at these levels. A function that ends in _bad
# has at least one finding of the rule and none of another; one that ends in
# _ok, or in neither, has none. FN_ and FP_ turn that round: a known miss, a
# known false positive, to be renamed when they are mended. A comment
# "dma-...: high" or "...: medium" says that the finding is on its line, or on
# the next if it stands alone, and that its confidence is no less.

FNR == 1 { nth++ }

nth <= 2 && $1 == 0 { next }

nth == 1 {
	medium[$1, $3] = 1
	if ($3 == rule)
		right[$2]++
	else
		other[$2] = other[$2] " " $3 ":" $1
	at[$2] = at[$2] " " $3 ":" $1
	seen[$2] = 1
	next
}

nth == 2 {
	high[$1, $3] = 1
	next
}

function report(good, name, why)
{
	if (good)
		print "ok " file " " name
	else
		print "not ok " file " " name ": " why
}

function judge(name)
{
	if (name ~ /^FN_.*_bad$/)
		report(!right[name], name, "is no miss any more, rename it")
	else if (name ~ /^FP_.*_ok$/)
		report(name in seen, name, "is silent now, rename it")
	else if (name ~ /_bad$/ && !right[name])
		report(0, name, "no " rule (at[name] ? ", but" at[name] : ""))
	else if (name ~ /_bad$/)
		report(!other[name], name, "also" other[name])
	else
		report(!(name in seen), name, "reported:" at[name])
}

# The name before the first parenthesis of a line that begins a definition.
/^[a-z].*[ *][A-Za-z_0-9]+\(/ {
	candidate = $0
	sub(/\(.*/, "", candidate)
	sub(/.*[ *]/, "", candidate)
}

/^{$/ && candidate {
	defined[candidate] = 1
	judge(candidate)
	candidate = ""
}

/\/\* dma-[a-z-]*: (high|medium) \*\// {
	text = $0
	sub(/.*\/\* /, "", text)
	sub(/ \*\/.*/, "", text)
	split(text, part, ": ")
	line = $0 ~ /^[ \t]*\/\*/ ? FNR + 1 : FNR
	hit = part[2] == "high" ? (line, part[1]) in high : \
				  (line, part[1]) in medium
	report(hit, "line " line, "no " part[1] " of confidence " part[2])
}

END {
	for (name in seen)
		if (!(name in defined))
			report(0, name, "reported:" at[name])
}
