#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plugin's arguments: what is wrong is an error that names the argument
# and says what would be right.
set -u
. tests/gcc/plugin_lib.sh

run @nonsense "$source"
verdict unknown-argument "no error that lists the arguments" refused \
	-fplugin-arg-dmacheck-nonsense rules facts level disable dump stop \
	quiet error verbose

run @level=loud "$source"
verdict bad-level "no error that lists the levels" refused \
	level=loud high medium low

for key in rules facts level disable; do
	run "@$key" "$source"
	verdict "$key-without-value" "no error" refused \
		"-fplugin-arg-dmacheck-$key" "lacks its value"
	run "@$key=" "$source"
	verdict "$key-with-empty-value" "no error" refused \
		"-fplugin-arg-dmacheck-$key" "lacks its value"
done
for key in stop quiet error verbose; do
	run "@$key=1" "$source"
	verdict "$key-with-value" "no error" refused \
		"-fplugin-arg-dmacheck-$key=1" "takes no value"
done

run @facts=here.json "$source"
verdict relative-facts "no error" refused facts=here.json absolute

run @disable=dma-size-mismatch,dma-nonsense "$source"
verdict disable-unknown-rule "no error" refused dma-nonsense

run @rules="$dir/none.yaml" "$source"
verdict missing-rules "no error" refused "$dir/none.yaml"

echo 'families: [' >"$dir/bad.yaml"
run @rules="$dir/bad.yaml" "$source"
verdict malformed-rules "no error with file and line" refused \
	"$dir/bad.yaml:"

run "$source"
cp "$dir/err" "$dir/builtin"
verdict rules-compiled-in "no warning without a rules file" says \
	"[-Wdma-size-mismatch]"
run @rules="$PWD/rules.yaml" "$source"
verdict rules-file "other warnings than without" \
	cmp -s "$dir/err" "$dir/builtin"

run @level=high "$source"
verdict level-high "a finding of high confidence is not shown" says \
	"[-Wdma-size-mismatch]"
run @disable=dma-size-mismatch "$source"
verdict disable "the rule is not silent" silent
run @quiet "$source"
verdict quiet "it is not quiet" silent

run @quiet @dump "$source"
verdict dump "no event form" says "function ring_test int" \
	"call - dma_free_coherent"
run @quiet @dump=ring_test "$source"
verdict dump-function "no event form" says "function ring_test int"
run @quiet @dump=none "$source"
verdict dump-other-function "it printed something" silent

run @quiet @verbose "$source"
verdict verbose "no line for the function" says "ring_test: " " ms"

run --version -v "$source"
verdict version "the compiler does not list the plugin" says "dmacheck: "
exit $failed
