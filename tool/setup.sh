#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Installs what is missing of tests/packages.txt, as root or through sudo.
#
# usage: tool/setup.sh [ARCH...]
#
#	ARCH	also the cross compiler of this architecture, and what its
#		plugins are built with; tool/arches.txt names them
#
# Asks nothing. Does nothing when nothing is missing. Exit status 0 or 2.
set -u
here=$(dirname "$0")
list=$here/../tests/packages.txt
table=$here/arches.txt
arches=$*

die()
{
	echo "setup: $*" >&2
	exit 2
}

# The packages of the architectures $arches, one a line.
cross()
{
	for a in $arches; do
		compiler=$(awk -v a="$a" '$1 == a { print $4 }' "$table")
		[ "$compiler" != "$(gcc -dumpmachine 2>/dev/null)" ] || continue
		echo "gcc-$compiler gcc-12-plugin-dev-$compiler" |
			tr '_ ' '-\n'
	done
}

# The packages that are not installed. A name such as pkg-config may also be
# provided by another package, so every other name of it counts.
missing()
{
	dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' |
		sed -n 's/^installed //p' | sed 's/([^)]*)//g' |
		tr -s ', ' '\n\n' | sort -u >"$tmp"
	{ sed 's/#.*//' "$list" | tr -s ' \t' '\n\n' | sed '/^$/d'; cross; } |
		sort -u | comm -23 - "$tmp"
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

apt()
{
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q \
		-o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >&2
}

install()
{
	# shellcheck disable=SC2086 # a list of words
	apt install -y --no-install-recommends $want
}

# Does apt know a version of every package?
known()
{
	for p in $want; do
		apt-cache policy "$p" 2>/dev/null |
			grep -q 'Candidate: [^(]' || return 1
	done
}

export LC_ALL=C
command -v dpkg-query >/dev/null ||
	die "this is no Debian; install what tests/packages.txt names by" \
	    "hand, then run: make"
for a in $arches; do
	grep -q "^$a[[:blank:]]" "$table" ||
		die "there is no architecture $a; there are" \
		    "$(sed 's/[#[:blank:]].*//; /^$/d' "$table" | tr '\n' ' ')"
done
tmp=$(mktemp) || die "cannot write to ${TMPDIR:-/tmp}"
trap 'rm -f "$tmp"' EXIT
want=$(missing | tr '\n' ' ')
[ -n "$want" ] || exit 0

[ "$(id -u)" = 0 ] || { command -v sudo && sudo true; } >/dev/null ||
	die "packages are missing, and you are neither root nor may use sudo;" \
	    "let root run: apt-get install $want"
echo "setup: installing $want" >&2
# Lists that are old name versions that are gone.
apt update || known || die "apt-get update failed: is the network up?"
install || die "apt-get could not install: $want"
want=$(missing | tr '\n' ' ')
[ -z "$want" ] || die "still missing after installation: $want"
