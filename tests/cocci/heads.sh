#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the semantic patches of cocci/ say of themselves, and the names of
# functions in them: each is one that rules.yaml knows, as a script would be
# silent about a function whose name is misspelt.
set -u
cd "$(dirname "$0")/../.." || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# tell CHECK: one test, that fails if standard input is not empty
tell()
{
	local what

	what=$(cat)
	if [ -z "$what" ]; then
		echo "ok $1"
	else
		echo "not ok $1:"
		echo "$what"
	fi
}

# Each line of the head that coccicheck or its users read stands there once.
for f in cocci/*.cocci; do
	for line in '// SPDX-License-Identifier: ' '// Options: ' \
		    '// Confidence: \(High\|Moderate\|Low\)$' '// Keywords: ' \
		    'virtual report$' 'virtual org$' 'virtual context$'; do
		[ "$(grep -c "^$line" "$f")" = 1 ] || echo "$f: $line"
	done
	grep -q '^/// [A-Za-z]' "$f" || echo "$f: no description"
done | tell "heads are complete"

# Named after a rule, and of its class
awk '/^  - id: / { id = $3 } /^    class: / && id { print id, $2; id = "" }' \
	rules.yaml >"$tmp/classes"
for f in cocci/*.cocci; do
	name=${f##*/}
	name=${name%.cocci}
	case $name in
	dma-deprecated-*) class=deprecated ;;
	*) class=$(sed -n "s/^$name //p" "$tmp/classes") ;;
	esac
	[ -n "$class" ] || echo "$f: rules.yaml has no rule of this name"
	grep -oE '"\[[a-z-]+\] ' "$f" | sort -u | grep -vFx "\"[$class] " |
		sed "s,^,$f: ,"
	grep -q "\"\[$class\]" "$f" || echo "$f: never says [$class]"
done | tell "classes are those of the rules"

# The table of the README
for f in cocci/*.cocci; do
	confidence=$(sed -n 's,^// Confidence: ,,p' "$f")
	patch=no
	grep -q '^virtual patch' "$f" && patch=yes
	grep -q "^| \`${f##*/}\` | .* | $confidence | $patch |\$" \
		cocci/README.md || echo "$f: $confidence, patch: $patch"
done | tell "README.md has each with its confidence"
grep -o '^| `[a-z-]*\.cocci`' cocci/README.md | tr -d '|` ' |
	while read -r f; do
		[ -f "cocci/$f" ] || echo "cocci/$f: there is none"
	done | tell "README.md has no other"

# Whatever is spelt like a function of the DMA API
grep -oE '[A-Za-z_][A-Za-z_0-9]*' rules.yaml | sort -u >"$tmp/known"
for f in cocci/*.cocci; do
	sed -e 's,//.*,,; s,"[^"]*",,g' "$f" |
		grep -owE '(ib_|virtqueue_|skb_frag_|pci_|usb_|hcd_|vm)?_*(dmam?|pool|alloc|zalloc|free|map|unmap|buffer|control|bulk|interrupt|fill)_[a-z_0-9]+' |
		sort -u | comm -23 - "$tmp/known" | sed "s,^,$f: ,"
done | tell "each function of the DMA API is in rules.yaml"

# set NAME METAVARIABLE: the functions that it may stand for
set_of()
{
	tr '\n' ' ' <"cocci/$1.cocci" |
		grep -oE "identifier $2 = \{[^}]*\}" | head -n 1 |
		sed 's/.*{//; s/}//' | tr -s ', \t' '\n\n\n' | sort
}

# family FAILS ROLE SECTION: the functions of a section of all families that
# fail in this way, that give this; those that the kernel has no more left out
families()
{
	awk -v fails="$1" -v role="$2" -v section="$3" '
	/^functions:/ { exit }
	/^  - name:/ { on = 0; how = "" }
	/^    fails:/ { how = $2; gsub("\047", "", how) }
	/^    [a-z_]+:/ { on = ($1 == section ":") }
	on && how == fails && $1 == "-" && $2 == role {
		sub(/\(.*/, ""); print $NF
	}' rules.yaml | grep -vE '^pci_|nonconsistent' | sort
}

# What a script may stand for is all that rules.yaml knows of the kind.
complete()
{
	diff <(set_of "$1" "$2") <(families "$3" "$4" "$5") |
		sed -n "s/^< \(.*\)/$1: \1 is not in rules.yaml as $5/p
			s/^> \(.*\)/$1: \1 is missing/p"
}
{
	complete dma-unchecked-mapping map test handle acquire
	complete dma-unchecked-mapping test test failed test
	complete dma-unchecked-alloc alloc null cpu acquire
} | tell "lists of functions are those of rules.yaml"
