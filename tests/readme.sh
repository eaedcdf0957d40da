#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README.md says what is so: its generated parts are current, and each target,
# command, option and argument that it names exists.
#
# usage: tests/readme.sh [--update]
#
#	--update	writes the generated parts anew
set -u
cd "$(dirname "$0")/.." || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
command=${DMACHECK:-build/dmacheck}
plugin=${DMACHECK_SO:-$PWD/build/dmacheck.so}
headers=$(ls -d /lib/modules/*-amd64/build 2>/dev/null | sort -V | tail -n 1)

# What the compiler says of the module in tests/kbuild, for the example.
example()
{
	cp tests/kbuild/module/* "$tmp"
	LC_ALL=C make -C "$headers" M="$tmp" KCFLAGS="-fplugin=$plugin" 2>&1 |
		grep -A 100 '^[^ ]*dmacheck_test.c' |
		grep -E "^[^ ]*dmacheck_test.c:|^ |^    *\|" |
		grep -v '^  [A-Z]' | sed "s,$tmp/,,; s/ *$//; s/^/    /"
}

# README.md with the generated parts as they should be
current()
{
	"$command" explain --markdown >"$tmp/rules.md" || return
	example >"$tmp/example.md"
	[ -s "$tmp/example.md" ] || return
	awk -v tmp="$tmp" '
		/^<!-- end of / { skip = 0 }
		!skip { print }
		/^<!-- (rules|example): / {
			file = tmp "/" ($2 == "rules:" ? "rules" : "example") ".md"
			if ($2 == "example:")
				print ""
			while ((getline line <file) > 0)
				print line
			if ($2 == "example:")
				print ""
			skip = 1
		}' README.md
}

if ! current >"$tmp/new"; then
	echo "not ok generated parts: cannot be made"
	exit 1
elif [ "${1-}" = --update ]; then
	cp "$tmp/new" README.md
	exit
elif diff README.md "$tmp/new" >"$tmp/diff"; then
	echo "ok generated parts are current"
else
	echo "not ok generated parts: say tests/readme.sh --update"
	cat "$tmp/diff"
fi

# each WHAT PATTERN COMMAND...: every match of PATTERN in README.md is a whole
# word of what COMMAND prints
each()
{
	local what=$1 pattern=$2 word missing=

	shift 2
	"$@" >"$tmp/known" 2>&1
	for word in $(grep -oP "$pattern" README.md | sort -u); do
		grep -qwFe "$word" "$tmp/known" || missing+=" $word"
	done
	if [ -z "$missing" ]; then
		echo "ok each $what exists"
	else
		echo "not ok each $what exists:$missing do not"
	fi
}

all_help()
{
	local c

	for c in audit report explain fix known sample dump check; do
		"$command" $c --help
	done
}

each 'make target' '(?<=make )(audit|check|bench|install|clean)[a-z-]*' \
	make -s help
each command '(?<=\bdmacheck )(?!M\b)[a-z]+(?= (--|RULE|dma-))' "$command" --help
each option '(?<= )--[a-z-]+(?=[ `])' all_help
each 'argument of the plugin' '(?<=^\| `)[a-z]+(?=(\[?=.*)?` )' \
	grep -ho '{ "[a-z]*", ' plugin/gcc/plugin.cc
each file '(?<=`)(tests|tool|corpus|plugin|reports|audits)/?[a-z_./-]*(?=`)' \
	bash -c 'git ls-files; echo audits/; ls -d */ plugin/*/; ls'
