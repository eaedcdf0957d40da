#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What "make audit" does once everything is built: kernel tree, audit, report.
#
# From the environment, all of them optional:
#
#	KERNEL		a kernel tree, configured and prepared; default: that of
#			tool/kernel.sh
#	KERNEL_VERSION	of the package, where tool/kernel.sh fetches it
#	PATHS		files and folders of the tree; default: all of it
#	ARCHES		architectures, the first to be tried first; default: that
#			which the tree is configured for
#	ENGINE		gcc, cocci or both, see "dmacheck audit --help"; default: gcc
#	DB		the database; default: audits/NAME-OF-THE-TREE.db
#
# The reports lie beside the database; what is known of the findings in a kernel
# of Debian is marked in them. Exit status 0 with and without
# findings, 2 if it could not run, 3 if some units failed.
set -u
cd "$(dirname "$0")/.." || exit 2

tree=${KERNEL:-}
known=
if [ -z "$tree" ]; then
	tree=$(tool/kernel.sh ${KERNEL_VERSION:+"$KERNEL_VERSION"}) || exit 2
	known=reports/published/$(basename "$tree" |
		sed 's/^\(linux-[0-9]*\.[0-9]*\).*/\1/')/known.yaml
	[ -e "$known" ] || known=
fi
db=${DB:-audits/$(basename "$(realpath -m "$tree")").db}
base=${db%.db}
mkdir -p "$(dirname "$db")" || exit 2

# shellcheck disable=SC2086 # a list of words
build/dmacheck audit --tree "$tree" --db "$db" \
	${ARCHES:+--arch "$(echo $ARCHES | tr ' ' ,)"} \
	${ENGINE:+--engine "$ENGINE"} ${PATHS:-}
status=$?
case $status in
0 | 1 | 3) ;;
*) exit 2 ;;
esac

for format in text csv json sarif; do
	case $format in
	text) file=$base.txt ;;
	*) file=$base.$format ;;
	esac
	build/dmacheck report --db "$db" --format $format \
		${known:+--known "$known"} >"$file.tmp"
	if [ $? -gt 1 ] || ! mv "$file.tmp" "$file"; then
		rm -f "$file.tmp"
		echo "audit: cannot write $file" >&2
		exit 2
	fi
done
echo "database: $db"
echo "report:   $base.txt, and the same as .csv, .json and .sarif"
[ $status != 1 ] || status=0
exit $status
