#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Debian's kernel source package, unpacked, configured and prepared, in the
# cache: prints the path of the tree. Does only what is not done yet.
#
# usage: tool/kernel.sh [VERSION]
#
#	VERSION		of the package, such as 6.1.192-2 or 6.12.117-1~deb12u1;
#			default: the newest linux-source-6.1 that apt knows, or
#			else the newest one in the cache
#	DMACHECK_TREES	the folder of the trees, ~/.cache/dmacheck-trees
#
# A tree is linux-VERSION there, "~" written "_"; .dmacheck-ready in it says
# that it is configured and prepared, .dmacheck-headers that it has the headers,
# too, that a build makes on its way. The configuration is allmodconfig, less
# what would turn a warning into an error and what depends on the machine.
#
# Exit status 0 or 2.
set -u
trees=${DMACHECK_TREES:-$HOME/.cache/dmacheck-trees}
version=${1:-}
need_mb=3000	# package, archive and tree for the moment they coexist

die()
{
	echo "kernel: $*" >&2
	exit 2
}

say()
{
	echo "kernel: $*" >&2
}

# 6.1.192-2 -> linux-source-6.1
package()
{
	echo "$1" | sed -n 's/^\([0-9]*\.[0-9]*\)\..*/linux-source-\1/p'
}

newest_of_apt()
{
	apt-cache madison linux-source-6.1 2>/dev/null |
		awk '{ print $3; exit }'
}

newest_of_cache()
{
	for t in "$trees"/linux-6.1.*/.dmacheck-ready; do
		[ -e "$t" ] && basename "$(dirname "$t")"
	done | sed 's/^linux-//; y/_/~/' | sort -V | tail -n 1
}

update_apt()
{
	if [ "$(id -u)" = 0 ]; then
		apt-get -q update >&2
	else
		command -v sudo >/dev/null && sudo apt-get -q update >&2
	fi
}

download()
{
	# apt's own user may not write here, and need not
	(cd "$work" && apt-get -q -o APT::Sandbox::User=root \
		download "$name=$version" >&2)
}

# Leaves the unpacked tree in $tree.
unpack()
{
	work=$tree.unpack
	mkdir -p "$work" || die "cannot write to $trees"
	free_mb=$(df -Pm "$work" | awk 'NR == 2 { print $4 }')
	[ "$free_mb" -ge "$need_mb" ] ||
		die "$trees has $free_mb MB free, a kernel tree needs" \
		    "$need_mb: set DMACHECK_TREES to a folder with more"
	if ! ls "$work"/*.deb >/dev/null 2>&1; then
		say "fetching $name $version"
		download || { update_apt && download; } ||
			die "apt-get cannot fetch $name $version;" \
			    "apt-cache madison $name lists what there is"
	fi
	say "unpacking into $tree"
	rm -rf "$work/x" "$work/$name"
	dpkg-deb --fsys-tarfile "$work"/*.deb |
		tar xO -f - "./usr/src/$name.tar.xz" |
		tar xJ -C "$work" -f - && [ -e "$work/$name/Kbuild" ] || {
			rm -f "$work"/*.deb
			die "cannot unpack $name into $trees: the disk is" \
			    "full, or the package was not fetched whole"
		}
	rm -rf "$tree"
	mv "$work/$name" "$tree" || die "cannot rename $work/$name to $tree"
	rm -rf "$work"
}

run()
{
	"$@" >"$tree/.dmacheck-log" 2>&1 && return
	tail -n 5 "$tree/.dmacheck-log" >&2
	die "in $tree failed: $*"
}

configure()
{
	say "configuring and preparing $tree"
	run make -s -C "$tree" allmodconfig
	(cd "$tree" && scripts/config -d WERROR -d DRM_WERROR -d GCC_PLUGINS) ||
		die "cannot configure $tree"
	run make -s -C "$tree" olddefconfig
	run make -s -C "$tree" -j"$(nproc)" prepare modules_prepare
	rm -f "$tree/.dmacheck-log"
	: >"$tree/.dmacheck-ready" || die "cannot write to $tree"
}

# A build of the folders whose Makefile makes a header, in which compiling and
# linking for the kernel are nothing: what is left are headers and the programs
# that write them. What cannot be made, an audit says of the files that want it.
headers()
{
	say "making the headers that a build makes in $tree"
	dirs=$(cd "$tree" && grep -rlE --include=Makefile \
		'^\$\(obj\)/[^:=]*\.h[ :]' drivers sound net block fs |
		sed 's,Makefile$,,')
	# shellcheck disable=SC2086 # a list of words
	make -s -k -C "$tree" -j"$(nproc)" $dirs rule_cc_o_c=: rule_as_o_S=: \
		cmd_mod=: cmd_ar_builtin=: cmd_link_multi-m=: cmd_ld_multi_m=: \
		>"$tree/.dmacheck-log" 2>&1
	for d in $dirs; do
		find "$tree/$d" -name modules.order -delete
	done
	rm -f "$tree/.dmacheck-log"
	: >"$tree/.dmacheck-headers" || die "cannot write to $tree"
}

# What the caller's make exports is not for the kernel's make.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES CFLAGS CC CXX KERNEL O
export LC_ALL=C
[ -n "$version" ] || version=$(newest_of_apt)
[ -n "$version" ] || version=$(newest_of_cache)
[ -n "$version" ] || { update_apt && version=$(newest_of_apt); }
[ -n "$version" ] || die "apt knows no package linux-source-6.1, and no tree" \
	"is in $trees"
name=$(package "$version")
[ -n "$name" ] || die "'$version' is no version of a kernel package"
tree=$trees/linux-$(echo "$version" | tr '~' '_')

if [ ! -e "$tree/.dmacheck-ready" ] || [ ! -e "$tree/.dmacheck-headers" ]; then
	command -v apt-get >/dev/null || die "this is no Debian; prepare a" \
		"tree by hand and say: make audit KERNEL=/path/to/it"
	mkdir -p "$trees" || die "cannot write to $trees"
	# one at a time; who waited finds the work done
	exec 9>"$trees/.lock" || die "cannot write to $trees"
	flock 9
	if [ ! -e "$tree/.dmacheck-ready" ]; then
		[ -e "$tree/Kbuild" ] || unpack
		configure 9>&-
	fi
	[ -e "$tree/.dmacheck-headers" ] || headers 9>&-
fi
echo "$tree"
