#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# No function that rules.yaml names is defined in a driver: what a driver
# defines for itself is inferred, never listed.
#
# usage: tests/rules_not_in_drivers.sh TREE
set -u
tree=${1-}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# The cores of subsystems, reviewed one by one: what they define is an API for
# the drivers below them.
cores='drivers/base/devres.c
drivers/dma-buf/dma-buf.c
drivers/i2c/i2c-core-base.c
drivers/infiniband/core/rw.c
drivers/of/of_reserved_mem.c
drivers/pci/devres.c
drivers/pci/iomap.c
drivers/scsi/scsi_lib_dma.c
drivers/spi/internals.h
drivers/spi/spi.c
drivers/usb/core/buffer.c
drivers/usb/core/hcd.c
drivers/usb/core/usb.c
drivers/usb/gadget/udc/core.c
drivers/virtio/virtio_ring.c
sound/core/memalloc.c'

if [ ! -e "$tree/Kbuild" ]; then
	echo "not ok rules_not_in_drivers: '$tree' is no kernel tree"
	exit 1
fi

# "- cpu = name(" and "- name("
sed -nE 's/^ *- +([^=(]*= *)?([A-Za-z_][A-Za-z0-9_]*)\(.*/\2/p' rules.yaml |
	sort -u >"$tmp/names"
count=$(wc -l <"$tmp/names")
if [ "$count" -gt 100 ]; then
	echo "ok rules.yaml names $count functions"
else
	echo "not ok rules.yaml names only $count functions, which is not so"
fi

names=$(paste -sd '|' "$tmp/names")
(cd "$tree" && grep -rnE --include='*.[ch]' \
	-e "^([A-Za-z_][A-Za-z0-9_ ]*[ *]+)?($names)[ ]?\(" \
	-e "^#[ 	]*define[ 	]+($names)\(" drivers sound) |
	grep -vE "^($(paste -sd '|' <<<"$cores")):" >"$tmp/hits"

# A prototype ends in a semicolon before any brace opens.
: >"$tmp/defined"
while IFS=: read -r file line text; do
	case $text in
	'#'*) ;;
	*)
		end=$(sed -n "$line,$((line + 12))p" "$tree/$file" |
			tr -d '\n' | grep -oE '[;{]' | head -n 1)
		[ "$end" = '{' ] || continue ;;
	esac
	echo "$file:$line: $text" >>"$tmp/defined"
done <"$tmp/hits"

if [ -s "$tmp/defined" ]; then
	echo "not ok functions of rules.yaml are defined in drivers:"
	cat "$tmp/defined"
else
	echo "ok none of them is defined in a driver"
fi
