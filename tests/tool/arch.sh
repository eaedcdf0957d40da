#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dmacheck audit --arch, on a tree that compiles in no time. The cross compiler
# is this machine's, under another name and with a definition of its own:
# tests/arch_full.sh is about a real one.
set -u
. tests/tool/lib.sh
tree=$TMPDIR/tree
db=$TMPDIR/a.db
make_tree "$tree"
add_module "$tree"

# drivers/arm.c is built for arm64 alone, drivers/unbuilt.c for none;
# drivers/wide.c does not compile for x86_64.
sed 's/leak_/arm_/' "$tree/drivers/leak.c" >"$tree/drivers/arm.c"
sed 's/leak_/wide_/' "$tree/drivers/leak.c" >"$tree/drivers/wide.c"
cat >>"$tree/drivers/wide.c" <<'EOF'
#include <generated/made_for.h>
#ifndef FOR_ARM64
#error not for this machine
#endif
EOF
sed -i 's,drivers/no_dma.o,& drivers/wide.o,' "$tree/Makefile"
# A library that x86_64 builds, and a caller that only arm64 does.
cat >"$tree/drivers/lib.c" <<'EOF'
#include <linux/dma.h>
#define EXPORT_SYMBOL(name) \
	__attribute__((used)) static void *const __ksymtab_##name = name
void *lib_get(struct device *dev, dma_addr_t *dma);
void *lib_get(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, 64, dma, 0xcc0);
}
EXPORT_SYMBOL(lib_get);
EOF
cat >"$tree/drivers/user.c" <<'EOF'
#include <linux/dma.h>
void *lib_get(struct device *dev, dma_addr_t *dma);
int user_probe(struct device *dev);
int user_probe(struct device *dev)
{
	dma_addr_t dma;
	void *cpu = lib_get(dev, &dma);

	if (!cpu)
		return -12;
	if (start(dev) < 0)
		return -5;
	dma_free_coherent(dev, 64, cpu, dma);
	return 0;
}
EOF
sed -i 's|drivers/no_dma.o|& drivers/lib.o|; s|drivers/arm.o|& drivers/user.o|' \
	"$tree/Makefile"
mkdir -p "$tree/arch/arm64/kernel" "$tree/arch/x86" "$tree/kernel"
echo 'int arm64;' >"$tree/arch/arm64/kernel/setup.c"

# A command with a plugin for arm64, and the compiler that loads it.
mkdir -p "$TMPDIR/lib/aarch64-linux-gnu" "$TMPDIR/bin"
cp "$DMACHECK" "$DMACHECK_SO" "$TMPDIR/lib"
cp "$DMACHECK_SO" "$TMPDIR/lib/aarch64-linux-gnu"
cat >"$TMPDIR/bin/aarch64-linux-gnu-gcc" <<EOF
#!/bin/sh
exec ${CC:-gcc} -DFOR_ARM64 "\$@"
EOF
chmod +x "$TMPDIR/bin/aarch64-linux-gnu-gcc"
PATH=$TMPDIR/bin:$PATH
DMACHECK=$TMPDIR/lib/dmacheck

units() # the rows of a file
{
	sqlite3 "$db" "SELECT arch, status FROM units WHERE source = '$1'
		ORDER BY arch" | tr '\n' ' '
}

touch "$tree/include/generated/made_for.h"
before=$(tree_state "$tree")
audit
check "without --arch it is what the tree is configured for" same \
	"$(sqlite3 "$db" "SELECT name FROM arches")" x86_64
check "what does not compile has failed" \
	same "$(units drivers/wide.c)" "x86_64|failed "

rm "$db"
audit --arch x86_64,arm64
check "exit status 1 with findings" [ $status = 1 ]
check "nothing is written into the tree" \
	same "$before" "$(tree_state "$tree")"
check "what the first builds is not asked of the second" \
	same "$(units drivers/leak.c)" "x86_64|done "
check "what it does not build is" \
	same "$(units drivers/arm.c)" "arm64|done x86_64|skipped "
check "and what does not compile there" \
	same "$(units drivers/wide.c)" "arm64|done x86_64|failed "
check "the failure is named" \
	grep -q '^dmacheck: x86_64: drivers/wide.c failed: .*#error' "$TMPDIR/err"
check "what none builds is skipped by both" \
	same "$(units drivers/unbuilt.c)" "arm64|skipped x86_64|skipped "
check "a library is brought in for what calls it" \
	same "$(units drivers/lib.c)" "arm64|done x86_64|done "
check "and what it acquires is found to be lost" same "$(sqlite3 "$db" \
	"SELECT function, acquire_function, arches FROM merged
	WHERE file = 'drivers/user.c'")" "user_probe|lib_get|arm64"
check "coverage: who saw each file" same \
	"$(sqlite3 "$db" "SELECT source, status, arches, reason FROM coverage
		WHERE source IN ('drivers/leak.c', 'drivers/wide.c',
		'drivers/unbuilt.c') ORDER BY 1")" \
	"drivers/leak.c|done|x86_64|
drivers/unbuilt.c|skipped||not built by this configuration
drivers/wide.c|done|arm64|drivers/wide.c:31:2: error: #error not for this machine"
check "coverage: who saw each call" same "$(sqlite3 "$db" "SELECT DISTINCT
	arches FROM site_coverage WHERE file = 'drivers/arm.c'")" arm64
check "what is found is told of its architecture" same "$(sqlite3 "$db" \
	"SELECT function, arches FROM merged WHERE file = 'drivers/arm.c'")" \
	"arm_probe|arm64"
check "paths are those of the tree, for all architectures" same "$(sqlite3 \
	"$db" "SELECT count(*) FROM sites WHERE file LIKE '/%'")" 0
run "$DMACHECK" report --db "$db"
check "the report counts by architecture" \
	grep -q '^  arm64     [0-9]* done, 0 failed, 1 skipped' "$TMPDIR/out"
check "and says who sees a finding" grep -q ', on arm64$' "$TMPDIR/out"
check "the tree of arm64 is prepared in the cache" \
	grep -q arm64 "$(echo "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)"
check "without what makes errors of warnings" grep -q '^CONFIG_WERROR=n' \
	"$(echo "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)"

"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/first"
audit --arch x86_64,arm64
check "a second audit compiles only what failed" \
	grep -q "^dmacheck: x86_64: 1 units compiled, 1 failed" "$TMPDIR/err"
check "and nothing for the second architecture" \
	sh -c "! grep -q 'arm64: .*compiled' '$TMPDIR/err'"
"$DMACHECK" dump --canonical --db "$db" >"$TMPDIR/second"
check "the store is what it was" cmp "$TMPDIR/first" "$TMPDIR/second"

# The tree lives on: a driver, a header, what is copied, Kconfig.
sed -i 's/return -5/return -6/' "$tree/drivers/arm.c" "$tree/drivers/shared.h"
echo '#define arm64_too 1' >>"$tree/include/linux/dma.h"
audit --arch x86_64,arm64
check "a change is seen for both" grep -q "arm64: 4 units compiled" "$TMPDIR/err"
made=$(stat -c %y "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)
touch "$tree/arch/arm64/kernel/setup.c"
audit --arch x86_64,arm64
check "what make may read is copied again" \
	test "$made" != "$(stat -c %y "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)"
made=$(stat -c %y "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)
audit --arch x86_64,arm64
check "but only once" test "$made" = \
	"$(stat -c %y "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)"
touch "$tree/Kconfig"
audit --arch x86_64,arm64
check "a Kconfig file that changed configures anew" \
	test "$made" != "$(stat -c %y "$DMACHECK_CACHE"/trees/*/arm64/tree/.config)"

audit --arch x86_64,arm64 --all-arches
check "--all-arches asks all of them" \
	same "$(units drivers/leak.c)" "arm64|done x86_64|done "
check "one finding, seen by both" same "$(sqlite3 "$db" "SELECT count(*),
	min(arches) FROM merged WHERE function = 'leak_probe'")" "1|x86_64,arm64"
check "the module was linked for each" same "$(sqlite3 "$db" "SELECT count(*),
	min(arches) FROM merged WHERE function = 'mod_open'")" "1|x86_64,arm64"
run "$DMACHECK" report --db "$db" --format csv
check "CSV has them" grep -q '"x86_64,arm64",gcc$' "$TMPDIR/out"
audit --arch arm64 drivers/leak.c
check "what an audit does not look at again goes with the old file" \
	same "$(units drivers/leak.c)" "arm64|done "
check "what it was not asked for stays" \
	same "$(units drivers/arm.c)" "arm64|done x86_64|skipped "
check "the order is that of the last audit" same "$(sqlite3 "$db" \
	"SELECT group_concat(name) FROM (SELECT name FROM arches
	ORDER BY number)")" arm64,x86_64

sed '$a # another hash' rules.yaml >"$TMPDIR/other.yaml"
audit --rules "$TMPDIR/other.yaml" drivers/clean.c
check "other rules redo every file on every architecture" same \
	"$(units drivers/leak.c)$(units drivers/arm.c)" \
	"arm64|done arm64|done x86_64|skipped "

cp "$tree/drivers/arm.c" "$TMPDIR/arm.c"
echo '#error nor here' >"$tree/drivers/arm.c"
audit --arch x86_64,arm64 drivers/arm.c
check "coverage: reasons by architecture" same "$(sqlite3 "$db" \
	"SELECT status, reason FROM coverage WHERE source = 'drivers/arm.c'")" \
	"failed|x86_64: not built by this configuration; arm64: drivers/arm.c:1:2: error: #error nor here"
mv "$TMPDIR/arm.c" "$tree/drivers/arm.c"

rm "$tree/.config"
db=$TMPDIR/b.db
audit --arch arm64 drivers/arm.c
check "the tree itself need not be configured" \
	same "$(units drivers/arm.c)" "arm64|done "
refused "an architecture that is none" \
	"there is no architecture vax; there are x86_64, arm64" \
	"$DMACHECK" audit --tree "$tree" --db "$db" --arch vax
refused "no plugin for one" "say make ARCHES=m68k setup all" \
	"$DMACHECK" audit --tree "$tree" --db "$db" --arch arm64,m68k
refused "--plugin for two" "give --arch only one" "$DMACHECK" audit \
	--tree "$tree" --db "$db" --arch arm64,x86_64 --plugin "$DMACHECK_SO"
sed -i 's/^>mkdir.*/>echo boom error >\&2; false/' \
	"$tree/prepare.mk"
refused "a tree that cannot be prepared" 'cannot prepare the tree for arm64.*boom' \
	"$DMACHECK" audit --tree "$tree" --db "$db" --arch arm64
