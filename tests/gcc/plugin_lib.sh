# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read by the tests of the plugin: $plugin, $source with one finding of high
# confidence, and helpers. Not a test itself.
plugin=${DMACHECK_PLUGIN:-${DMACHECK_SO:?}}
CC=${CC:-gcc}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
source=$dir/sample.c
failed=0

cat >"$source" <<'C'
typedef unsigned long size_t;
typedef unsigned long long dma_addr_t;
struct device;
struct ring {
	struct device *dev;
};
void *dma_alloc_coherent(struct device *, size_t, dma_addr_t *, unsigned int);
void dma_free_coherent(struct device *, size_t, void *, dma_addr_t);
int start(struct ring *ring);

int ring_test(struct ring *ring)
{
	dma_addr_t dma;
	void *desc = dma_alloc_coherent(ring->dev, 64, &dma, 0);
	int ret;

	if (!desc)
		return -12;
	ret = start(ring);
	dma_free_coherent(ring->dev, 32, desc, dma);
	return ret;
}
C

# Compiles with the plugin; its arguments are those with a leading "@":
# run @level=low -O2. Leaves $status, and $dir/err.
run()
{
	local a args=()

	for a; do
		case $a in
		@*) args+=("-fplugin-arg-dmacheck-${a#@}") ;;
		*) args+=("$a") ;;
		esac
	done
	rm -f "$dir/out.o"
	(cd "$dir" && "$CC" -fplugin="$plugin" -c -o "$dir/out.o" \
		"${args[@]}") >"$dir/stdout" 2>"$dir/err"
	status=$?
}

# verdict NAME WHY CONDITION...: one test
verdict()
{
	local name=$1 why=$2

	shift 2
	if "$@"; then
		echo "ok $name"
	else
		echo "not ok $name: $why"
		sed 's/^/    /' "$dir/err"
		failed=1
	fi
}

says() # TEXT...: each is in what the compiler said
{
	local text

	for text; do
		grep -qF -e "$text" "$dir/err" || return 1
	done
}

silent()
{
	[ "$status" = 0 ] && [ ! -s "$dir/err" ]
}

refused() # TEXT...: the compiler failed and said so, and left nothing
{
	[ "$status" != 0 ] && [ ! -e "$dir/out.o" ] && says "$@"
}

not()
{
	! "$@"
}
