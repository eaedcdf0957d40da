#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# No function in rules.yaml is defined in a driver.
#
#	tests/rules_not_in_drivers.sh TREE
#
# rules.yaml speaks of the kernel's API; what a driver wraps around it has to
# be inferred. Below are the folders and files of TREE/drivers and TREE/sound
# that are no drivers but the cores of subsystems, or programs of the build: a
# reviewed list. Everything else there may define none of the functions. Static
# functions of a driver that happen to carry the name are found as well: they
# would be taken for the kernel's.
set -eu

tree=${1:?usage: rules_not_in_drivers.sh TREE}
here=$(dirname "$0")
if [ ! -f "$tree/Kbuild" ] || [ ! -d "$tree/drivers" ]; then
	echo "$tree: is no kernel tree" >&2
	exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Names: what stands before "(" in an item, and the words of bare items.
names()
{
	awk '
	/^families:/ { on = 1 }
	/^(entries|lifecycles):/ { on = 0 }
	/^functions:/ { bare = 1 }
	!on || !/^ *- / { next }
	/\(/ {
		sub(/\(.*/, ""); sub(/.*[ =]/, ""); print; next
	}
	bare { sub(/^ *- /, ""); n = split($0, w, " ")
	       for (i = 1; i <= n; i++) print w[i] }
	' "$here/../rules.yaml" | sort -u
}

core='
drivers/acpi/acpica/
drivers/acpi/scan\.c
drivers/base/
drivers/clk/clk[a-z-]*\.c
drivers/dma-buf/
drivers/char/misc\.c
drivers/dma/dmaengine\.[ch]
drivers/dma/of-dma\.c
drivers/dma/virt-dma\.[ch]
drivers/ata/libata-
drivers/char/random\.c
drivers/firewire/core-
drivers/firmware/efi/libstub/
drivers/gpio/gpiolib
drivers/gpu/drm/drm_
drivers/gpu/drm/radeon/mkregtable\.c
drivers/hid/hid-core\.c
drivers/i2c/i2c-core
drivers/infiniband/core/
drivers/input/input\.c
drivers/iommu/iommu\.c
drivers/media/common/videobuf2/
drivers/media/v4l2-core/
drivers/mmc/core/
drivers/mtd/mtd
drivers/mtd/nand/raw/nand_base\.c
drivers/net/can/dev/
drivers/net/mii\.c
drivers/net/phy/
drivers/of/
drivers/pci/[a-z-]*\.[ch]
drivers/pci/msi/
drivers/pci/pcie/
drivers/pinctrl/core\.c
drivers/regulator/core\.c
drivers/regulator/devres\.c
drivers/reset/core\.c
drivers/sh/clk/core\.c
drivers/scsi/hosts\.c
drivers/scsi/scsi
drivers/spi/spi\.c
drivers/spi/spi-mem\.c
drivers/spi/internals\.h
drivers/tty/serial/serial_core\.c
drivers/tty/serial/serial_port\.c
drivers/tty/tty_
drivers/usb/core/
drivers/usb/gadget/udc/core\.c
drivers/video/fbdev/core/
drivers/virtio/virtio
sound/core/
sound/hda/
sound/soc/soc-
'

# Fall-backs of some drivers for 32-bit machines, and they do the same.
same='readq writeq'

names | grep -vxF "$(printf '%s\n' $same)" >"$work/names"
printf '%s\n' "$core" | sed '/^$/d; s/^/^/' >"$work/core"

# A definition begins in the first column, is no prototype and no macro call:
# the name, its parameters to the closing one, then "{" on this or a later line.
(cd "$tree" && find drivers sound -name '*.[ch]' | grep -v -f "$work/core" |
	xargs grep -lwF -f "$work/names" |
	xargs awk -v list="$work/names" '
	BEGIN { while ((getline n <list) > 0) known[n] = 1 }
	FNR == 1 { name = "" }
	/^[A-Za-z_].*[ *\t(][A-Za-z_0-9]+\(/ || /^[A-Za-z_0-9]+\(/ {
		head = $0; sub(/\(.*/, "", head); sub(/.*[ *\t]/, "", head)
		name = head in known ? head : ""
		line = FNR
	}
	name && /;[ \t]*$/ { name = "" }
	name && /^{/ { print FILENAME ":" line ": " name "() is in rules.yaml"
		       name = "" }
	name && FNR > line && /^[#}]/ { name = "" }
	') >"$work/found"

count=$(wc -l <"$work/names")
if [ "$count" -lt 500 ]; then
	echo "not ok rules_not_in_drivers: rules.yaml has only $count names"
	exit 1
fi
if [ -s "$work/found" ]; then
	sed 's/^/not ok rules_not_in_drivers: /' "$work/found"
	exit 1
fi
echo "ok rules_not_in_drivers: none of $count functions"
