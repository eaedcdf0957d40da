// SPDX-License-Identifier: GPL-2.0-or-later
/* Each mistake in a rules file gets its place and a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "rules.h"

/* Loads @text from a file; its name in a sentence becomes "R". */
static struct rules *load(const char *text, struct error *err)
{
	char path[] = "/tmp/dmacheck-rules-XXXXXX";
	int fd = mkstemp(path);
	struct rules *r;
	size_t len = strlen(text);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
	err->text[0] = '\0';
	r = rules_load(path, err);
	unlink(path);
	if (!strncmp(err->text, path, strlen(path)))
		memmove(err->text + 1, err->text + strlen(path),
			strlen(err->text + strlen(path)) + 1);
	err->text[0] = err->text[0] ? 'R' : '\0';
	return r;
}

#define FAMILY(more) \
	"format: 1\n" \
	"families:\n" \
	"  - name: x\n" \
	"    noun: x buffer\n" \
	more
#define FAILS "    fails: zero\n"
#define RULES "rules: []\n"
#define RULE(id, confidence, message) \
	"format: 1\n" \
	"families: []\n" \
	"rules:\n" \
	"  - id: " id "\n" \
	"    class: x\n" \
	"    confidence: " confidence "\n" \
	"    message: " message "\n" \
	"    contract: R-X\n" \
	"    why: w\n" \
	"    bad: b\n" \
	"    good: g\n"
#define FUNCTIONS(more) "format: 1\nfamilies: []\nfunctions:\n" more RULES
#define CALLBACKS(context, callback) "format: 1\nfamilies: []\n" \
	"callbacks:\n  " context ":\n   - " callback "\n" RULES
#define LEVELS(more) "format: 1\nfamilies: []\nlifecycles:\n" more RULES
#define LIVES(more) LEVELS("  - level: bind\n    failed: nothing\n" \
			       "    callbacks:\n" more)

#define MEMBERS(more) "format: 1\nfamilies: []\nmembers:\n" more RULES

static const struct {
	const char *text, *sentence;
} mistakes[] = {
	{ MEMBERS("  - urb.buf\n"),
	  "R:4:5: a member is written \"urb.setup_packet = buffer_out\"" },
	{ MEMBERS("  - urb.buf = size\n"),
	  "R:4:5: \"size\" is not buffer, buffer_in or buffer_out, and "
	  "perhaps" },
	{ "format: 1\nfamilies: []\nconsumers:\n  - t.f(object)\n" RULES,
	  "R:4:5: a consumer is written \"net_device_ops.ndo_start_xmit("
	  "object, _) if below 16\"" },
	{ "format: 1\nfamilies: []\nconsumers:\n  - t.f(object) if x\n" RULES,
	  "R:4:5: \"if x\" is none of \"always\", \"if 0\", "
	  "\"if below NUMBER\"" },
	{ FUNCTIONS("  maps:\n    seldom:\n      - f(buffer)\n"),
	  "R:5:5: \"seldom\" is no duration: it is one of longer, waits, "
	  "perhaps" },
	{ "", "R:1:1: there are no rules in this file" },
	{ "- a\n", "R:1:1: a mapping of keys to values is expected here" },
	{ "format: 1\n", "R:1:1: key \"families\" is missing here" },
	{ "format: 2\nfamilies: []\nrules: []\n",
	  "R:1:9: this dmacheck reads rules of format 1, not 2" },
	{ "format: one\nfamilies: []\nrules: []\n",
	  "R:1:9: \"one\" is no number" },
	{ "format: 1\nfamilies: []\nrule: []\n",
	  "R:3:1: \"rule\" is no key here: the keys are format, gfp_flags, "
	  "gfp_sleeps, families, functions, members, companions, consumers, "
	  "callbacks, implementers, segment_limits, long_segments, "
	  "lifecycles, quiescence, class_devices, device_makers, mapped_members, "
	  "physical_takers, dma_members, fresh_lists, rules" },
	{ CALLBACKS("softirq", "tasklet_init(_, _)"),
	  "R:5:6: tasklet_init() does not say which argument is the callback "
	  "(fn)" },
	{ CALLBACKS("softirq", "g(_, fn)"),
	  "R:5:6: g() is not among the functions" },
	{ CALLBACKS("softirq", "timer_list"),
	  "R:5:6: a callback is written \"timer_list.function\" or "
	  "\"tasklet_setup(_, fn)\"" },
	{ CALLBACKS("softirq", "a.b unless c"),
	  "R:5:6: \"unless\" is followed by a member such as "
	  "snd_pcm.nonatomic" },
	{ "format: 1\nformat: 1\n", "R:2:1: key \"format\" is here twice" },
	{ "format: 1\nfamilies: {}\nrules: []\n",
	  "R:2:11: a list is expected here" },
	{ "format: 1\nfamilies: [\n", "R:3:1: this is not YAML: did not find "
	  "expected node content" },
	{ "format: 1\n\tfamilies: 1\n", "R:2:1: this is not YAML: found "
	  "a tab character that violates indentation" },
	{ "format: \"a\\0b\"\nfamilies: []\nrules: []\n",
	  "R:1:9: a text has no NUL in it" },
	{ "format: ''\nfamilies: []\nrules: []\n",
	  "R:1:9: this must not be empty" },

	{ FAMILY(FAILS RULES), "R:3:5: key \"acquire\" is missing here" },
	{ FAMILY("    fails: often\n    acquire: []\n" RULES),
	  "R:5:12: \"often\" is no way to fail: it is one of never, null, test, "
	  "zero, negative, nonzero, err-ptr" },
	{ FAMILY("    fails: test\n    acquire: [ h = f(cpu) ]\n" RULES),
	  "R:6:16: \"h\" is no role" },
	{ FAMILY("    fails: test\n    acquire: [ handle = f(cpu) ]\n" RULES),
	  "R:3:5: family \"x\" fails by a test, but has none" },
	{ FAMILY("    fails: test\n    tested_by: g\n"
		 "    acquire: [ handle = f(cpu) ]\n" RULES),
	  "R:3:5: family \"x\" is tested by g(), which is no test" },
	{ FAMILY(FAILS "    managed: yes\n    acquire: []\n" RULES),
	  "R:6:14: \"yes\" is neither true nor false" },
	{ FAMILY(FAILS "    colour: red\n    acquire: []\n" RULES),
	  "R:6:5: \"colour\" is no key here: the keys are name, noun, "
	  "debug_type, fails, managed, null_ok, streaming, implicit_dir, "
	  "acquire_sleeps, release_sleeps, release_irqs, gfp_forbidden, "
	  "tested_by, wrapper, acquire, release, test, sync_for_cpu, "
	  "sync_for_device" },
	{ FAMILY(FAILS "    gfp_forbidden: [__GFP_DMA]\n    acquire: []\n"
		 RULES),
	  "R:6:21: \"__GFP_DMA\" is not among gfp_flags" },
	{ FAMILY(FAILS "    acquire: []\n"
		 "  - {name: x, noun: n, fails: zero, acquire: []}\n" RULES),
	  "R:7:5: there is a family \"x\" already" },

	{ FAMILY(FAILS "    acquire:\n      - cpu = f(dev, lenght)\n" RULES),
	  "R:7:22: \"lenght\" is no role" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f(dev, dev)\n" RULES),
	  "R:7:22: role \"dev\" is in this call twice" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f(dev size)\n" RULES),
	  "R:7:21: \",\" or \")\" is missing here" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f(dev, )\n" RULES),
	  "R:7:22: a role is missing here" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f(dev\n" RULES),
	  "R:7:20: \",\" or \")\" is missing here" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f\n" RULES),
	  "R:7:16: \"(\" is missing here" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = (dev)\n" RULES),
	  "R:7:15: a function's name is missing here" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f(dev) or g(dev)\n" RULES),
	  "R:7:22: the call of f() should end here" },
	{ FAMILY(FAILS "    acquire:\n      - size = f(cpu)\n" RULES),
	  "R:7:9: \"size\" cannot be a result" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f(err)\n" RULES),
	  "R:7:17: \"err\" can only be a result" },
	{ FAMILY(FAILS "    acquire:\n"
		 "      - cpu = f(_, _, _, _, _, _, _, _, _)\n" RULES),
	  "R:7:41: a call has at most 8 arguments, the rest is written "
	  "\"...\"" },
	{ FAMILY(FAILS "    acquire:\n      - err = f(dev, size)\n" RULES),
	  "R:7:9: f() does not say what is owned after it (cpu, page, handle, "
	  "&handle, sgl, sgt, object, &object)" },
	{ FAMILY(FAILS "    acquire: []\n    release: [ f(dev) ]\n" RULES),
	  "R:7:16: f() does not say what it releases (cpu, page, handle, sgl, "
	  "sgt, object)" },
	{ FAMILY(FAILS "    acquire: []\n    test: [ f(handle) ]\n" RULES),
	  "R:7:13: f() does not say \"failed =\" and the handle it tests" },
	{ FAMILY(FAILS "    acquire: []\n    sync_for_cpu: [ f(size) ]\n"
		 RULES),
	  "R:7:21: f() does not say what it syncs (cpu, page, handle, sgl, sgt, "
	  "object)" },
	{ FAMILY(FAILS "    acquire:\n      - cpu = f()\n      - page = f()\n"
		 RULES),
	  "R:8:9: f() is already in line 7" },
	{ FAMILY(FAILS "    acquire:\n      - 'cpu = f(ship)'\n" RULES),
	  "R:7:18: \"ship\" is no role" },

	{ FUNCTIONS("  eat: [ f ]\n"),
	  "R:4:3: \"eat\" is no kind of function: it is one of mask, alloc, "
	  "free, pure, borrow, print, device, take, action, address, lock, "
	  "unlock, user, ask, try_action, put, maps" },
	{ FUNCTIONS("  alloc: [ f ]\n"),
	  "R:4:10: a mapping of keys to values is expected here" },
	{ FUNCTIONS("  alloc:\n    heap: [ f ]\n"),
	  "R:5:5: \"heap\" is no kind of memory: it is one of other, kmalloc, "
	  "vmalloc, managed, ioremap, percpu" },
	{ FUNCTIONS("  pure: [ f g-h ]\n"),
	  "R:4:14: a function's name is missing here" },
	{ FUNCTIONS("  pure: [ f g f ]\n"),
	  "R:4:11: f() is already in line 4" },
	{ FUNCTIONS("  mask: [ err = f(_) ]\n"),
	  "R:4:11: f() does not say the device (dev)" },
	{ FUNCTIONS("  action: [ f(fn) ]\n"),
	  "R:4:13: f() does not say the callback and what it is given (fn, "
	  "data)" },
	{ FUNCTIONS("  address: [ f(size) ]\n"),
	  "R:4:14: f() does not say the memory whose address it takes (cpu, "
	  "page)" },
	{ FUNCTIONS("  address: [ f ]\n"), "R:4:15: \"(\" is missing here" },

	{ LIVES("      - probe\n"),
	  "R:7:9: a callback is written \"pci_driver.probe\"" },
	{ LIVES("      - a.b.c\n"),
	  "R:7:9: a callback is written \"pci_driver.probe\"" },
	{ LIVES("      - f()\n"),
	  "R:7:9: a callback is written \"pci_driver.probe\"" },
	{ LIVES("      - a.b\n      - a.b\n"),
	  "R:8:9: \"a.b\" is here twice" },
	{ LIVES("      - a.b c d\n      - a.c\n"),
	  "R:8:9: \"a.c\" is here twice" },
	{ LEVELS("  - level: bind\n    failed: maybe\n"),
	  "R:4:5: what follows a failure is \"nothing\" or \"end\"" },
	{ LEVELS("  - failed: end\n"), "R:4:5: key \"level\" is missing here" },

	{ RULE("leak", "high", "m"), "R:4:9: a rule's id is its -W name: "
	  "\"dma-\" and small letters" },
	{ RULE("dma-Leak", "high", "m"), "R:4:9: a rule's id is its -W name: "
	  "\"dma-\" and small letters" },
	{ RULE("dma-x", "certain", "m"), "R:6:17: \"certain\" is no "
	  "confidence: it is one of low, medium, high" },
	{ RULE("dma-x", "high", "'a {plaice}'"), "R:7:17: a message knows "
	  "{place} {noun} {api} {other} {value} {wanted} only" },
	{ RULE("dma-x", "high", "m")
	  "  - {id: dma-x, class: x, confidence: low, message: m, contract: c, "
	  "why: w, bad: b, good: g}\n",
	  "R:12:10: there is a rule \"dma-x\" already" },
	{ "format: 1\nfamilies: []\nrules: [ {id: dma-x} ]\n",
	  "R:3:10: key \"class\" is missing here" },
};

static void each_mistake_has_a_place_and_a_sentence(void **state)
{
	struct error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		assert_null(load(mistakes[i].text, &err));
		assert_string_equal(err.text, mistakes[i].sentence);
	}
}

static void a_file_that_is_not_there_is_named(void **state)
{
	struct error err;

	(void)state;
	assert_null(rules_load("/nonexistent/rules.yaml", &err));
	assert_string_equal(err.text, "/nonexistent/rules.yaml: No such file "
			    "or directory");
	assert_null(rules_load("/", &err));
	assert_non_null(strstr(err.text, "/: "));
}

/* Any prefix of the text loads or gets a sentence with a place. */
static void a_truncated_file_is_refused_or_whole(void **state)
{
	static const char text[] = FAMILY(FAILS "    acquire:\n"
		"      - 'cpu = f(dev, &handle)'\n"
		"functions:\n  pure: [ a b ]\n  free: { kmalloc: [ c ] }\n"
		"lifecycles: [ { level: x, during: [ f() ] } ]\n"
		"rules:\n  - {id: dma-x, class: x, confidence: low, "
		"message: '{noun}', contract: c, why: w, bad: b, good: g}\n");
	char part[sizeof(text)];
	struct error err;
	struct rules *r;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text); n++) {
		unsigned int line, col;

		memcpy(part, text, n);
		part[n] = '\0';
		r = load(part, &err);
		if (r)
			assert_true(n >= sizeof(text) - 2);
		else
			assert_int_equal(sscanf(err.text, "R:%u:%u: ", &line,
						&col), 2);
		rules_free(r);
	}
}

static void the_hash_is_that_of_the_text(void **state)
{
	struct rules *a, *b;
	struct error err;

	(void)state;
	a = load("format: 1\nfamilies: []\nrules: []\n", &err);
	b = load("format: 1\nfamilies: []\nrules:  []\n", &err);
	assert_non_null(a);
	assert_non_null(b);
	assert_string_not_equal(a->hash, b->hash);
	/* XXH64 of the first text, as xxhsum -H1 prints it */
	assert_string_equal(a->hash, "2a2007543ab1610a");
	rules_free(a);
	rules_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_has_a_place_and_a_sentence),
		cmocka_unit_test(a_file_that_is_not_there_is_named),
		cmocka_unit_test(a_truncated_file_is_refused_or_whole),
		cmocka_unit_test(the_hash_is_that_of_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
