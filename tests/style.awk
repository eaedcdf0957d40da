# SPDX-License-Identifier: GPL-2.0-or-later
#
# What can be counted in C files: prints "CHECK<tab>FILE:LINE: why" for each
# violation. Variable kind of a file: core, lib (other parts of dmacheck), or
# input (code that tests give to dmacheck). Kernel style is assumed: functions
# begin and end with a brace in the first column.

function say(check, line, why)
{
	print check "\t" FILENAME ":" line ": " why
}

function width(s,    i, w)
{
	w = 0
	for (i = 1; i <= length(s); i++)
		w = substr(s, i, 1) == "\t" ? w + 8 - w % 8 : w + 1
	return w
}

# The line without comments, and with strings and characters emptied.
function code_of(s,    out, i, c)
{
	out = ""
	has_comment = in_comment
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (in_comment) {
			if (substr(s, i, 2) == "*/") {
				in_comment = 0
				i++
			}
		} else if (substr(s, i, 2) == "/*") {
			in_comment = has_comment = 1
			i++
		} else if (substr(s, i, 2) == "//") {
			has_comment = 1
			break
		} else if (c == "\"" || c == "'") {
			out = out c c
			for (i++; i <= length(s) && substr(s, i, 1) != c; i++)
				if (substr(s, i, 1) == "\\")
					i++
		} else {
			out = out c
		}
	}
	sub(/[ \t]+$/, "", out)
	return out
}

function count(s, c,    t)
{
	t = s
	return gsub(c, "", t)
}

function end_file()
{
	if (name == "")
		return
	if (total > 500 && kind != "input")
		print "file-length\t" name ": " total " lines, at most 500"
	if (name ~ /\.h$/ && kind != "input" && comments * 4 < lines)
		print "header-comment\t" name ": " \
			int(100 * comments / (lines ? lines : 1)) \
			" % comment, at least 25 %"
}

BEGIN {
	# of a line that a statement or declaration can follow
	ends = "[;{})]$|(^|[ \t])(else|do)$|" \
	       "^[ \t]*(case[ \t].*|default|[A-Za-z_][A-Za-z_0-9]*):$"
}

FNR == 1 {
	end_file()
	name = FILENAME
	kind = name ~ /^plugin\/core\// ? "core" : \
	       name ~ /^(corpus|tests\/(gcc|kbuild|cocci|golden))\// ? \
	       "input" : "lib"
	lines = comments = in_comment = begin = paren = in_macro = 0
	last = ";"
}

{
	total = FNR
	text = $0
	code = code_of(text)
	if (text !~ /^[ \t]*$/)
		lines++
	if (has_comment)
		comments++

	if (width(text) > 80 && text !~ /"/)
		say("line-length", FNR, width(text) " columns")
	if (text ~ /^\t*        /)
		say("tabs", FNR, "indented with spaces")

	# a macro that hides where control goes
	macro = in_macro || code ~ /^[ \t]*#[ \t]*define/
	if (macro && kind != "input" &&
	    code ~ /(^|[^a-z_])(return|goto|break|continue)([^a-z_]|$)/)
		say("macro-flow", FNR, "control flow in a macro")
	in_macro = macro && text ~ /\\$/
	if (macro || code ~ /^[ \t]*#/ || code ~ /^[ \t]*$/)
		next

	if (kind != "input" && match(code, /(^|[^A-Za-z0-9_>.])(v?sprintf|strcpy|strcat|strtok|atoi|system|popen|alloca|gets)[ ]*\(/))
		say("banned", FNR, substr(code, RSTART, RLENGTH))
	if (kind == "core" && match(code, /(^|[^A-Za-z0-9_>.])((printf|vprintf|puts|putchar|perror|exit|_exit|getenv)[ ]*\(|(stderr|stdout|stdin)([^A-Za-z0-9_]|$))/))
		say("library", FNR, substr(code, RSTART, RLENGTH))

	# a statement, not the rest of one: depth is what its tabs say
	if (begin && kind != "input" && paren == 0 && last ~ ends) {
		match(code, /^\t*/)
		if (RLENGTH > 4)
			say("nesting", FNR, RLENGTH - 1 " levels, at most 3")
	}
	if (code ~ /^\{/)
		begin = FNR
	if (code ~ /^\}/ && begin) {
		if (FNR - begin - 1 > 60 && kind != "input")
			say("function-length", begin, FNR - begin - 1 \
			    " lines, at most 60")
		begin = 0
	}
	paren += count(code, "\\(") - count(code, "\\)")
	last = code
}

END {
	end_file()
}
