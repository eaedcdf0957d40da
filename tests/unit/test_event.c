// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The event form: built, verified, printed and read back, and what is said
 * of a text that is malformed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "event.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void oom(void)
{
	abort();
}

static int set_up(void **state)
{
	*state = arena_new(oom);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static char *text_of(struct arena *a, const struct unit *u)
{
	char *text, *copy;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	unit_print(out, u);
	fclose(out);
	copy = arena_strdup(a, text);
	free(text);
	return copy;
}

static struct unit *read_unit(struct arena *a, const char *text)
{
	struct error err = { "" };
	struct unit *u = unit_parse(a, text, &err);

	if (!u)
		fail_msg("%s", err.text);
	return u;
}

/* As it is printed, to the byte. */
static const char driver[] =
	"unit drivers/net/x.c\n"
	"file 1 drivers/net/x.h\n"
	"file 2 include/with\\x20blank.h\n"
	"ops pci_driver probe x_driver x_probe\n"
	"ops net_device_ops ndo_open x_netdev_ops x_open\n"
	"outside readl\n"
	"outside x_helper\n"
	"function x_probe int 0:120:12 static taken init\n"
	"\tparam 0 pdev pci_dev\n"
	"\tparam 1 - pci_device_id\n"
	"\treg 5 ring x_ring\n"
	"\treg 6 - dma_addr_t\n"
	"\treg 12 - -\n"
	"\tlocal h -\n"
	"\tlocal desc.1 x_desc\n"
	"\tmember x_priv buf 40 8 64\n"
	"block 0\n"
	"\tset %0 (+ $0 16) 0:121:3\n"
	"\tload %5 (. $0 x_priv ring 8) x_ring 0:121:3\n"
	"\tload %4 @debug - 0:121:9\n"
	"\tcall %7 dma_alloc_coherent (%5 64 &h 3264) 0:123:9\n"
	"\ttest (== %7 0) 6 1 0:125:5\n"
	"block 1\n"
	"\tphi %8 0:0 2:%9 0:130:2\n"
	"\tphi %1 0:(load $0 0) 1:9:9 2:@jiffies\n"
	"\ttest (< %8 4) 2 3 1:9:9\n"
	"block 2\n"
	"\tstore (. ([] (. %5 x_ring b 16) %8 24) x_buf dma 0) %7 dma_addr_t"
	" 0:128:1\n"
	"\tset %9 (+ %8 1) 0:129:1\n"
	"\tgoto 1 0:129:2\n"
	"block 3\n"
	"\tswitch %8 (4 1 3) (5 9 9) (4 -5 -5) (5) 0:131:3\n"
	"block 4\n"
	"\tphi %11 3:7\n"
	"\tcall - @(load (. %5 x_ops fn 8) 0) (%5 @jiffies \"a\\\"b # \\n\")"
	" 0:124:2\n"
	"\tcall %6 @@hook () 2:7:1\n"
	"\tgoto 5\n"
	"block 5\n"
	"\tphi %10 3:1 4:%11\n"
	"\ttest %10 7 7 0:135:2\n"
	"block 6\n"
	"\tcall - panic (\"no\") 0:124:2\n"
	"\tstop\n"
	"block 7\n"
	"\tphi %12 5:-12 0:136:2 5:0\n"
	"\treturn %12 0:140:1\n"
	"end\n"
	"function x_exit void 0:0:0 exit inline variadic\n"
	"block 0\n"
	"\treturn - 0:151:1\n"
	"end\n";

static void a_unit_is_printed_as_it_was_read(void **state)
{
	struct unit *u = read_unit(*state, driver);

	assert_string_equal(text_of(*state, u), driver);
}

static void a_unit_is_read_as_it_was_written(void **state)
{
	struct unit *u = read_unit(*state, driver);
	const struct function *f = unit_find(u, "x_probe");
	const struct event *e;

	assert_int_equal(u->nfiles, 3);
	assert_string_equal(u->file[2], "include/with blank.h");
	assert_int_equal(u->nops, 2);
	assert_string_equal(u->ops[1].field, "ndo_open");
	assert_int_equal(u->noutside, 2);
	unit_add_outside(u, "readl");
	assert_int_equal(u->noutside, 2);
	unit_add_outside(u, "writel");
	assert_string_equal(u->outside[2], "writel");
	assert_int_equal(u->nfunctions, 2);
	assert_true(f->is_static && f->address_taken && f->is_init);
	assert_false(f->is_exit || f->is_inline || f->is_variadic);
	assert_int_equal(f->ret, RET_INT);
	assert_int_equal(f->nparams, 2);
	assert_null(f->param[1].name);
	assert_int_equal(f->nregs, 13);
	assert_string_equal(f->reg[6].type, "dma_addr_t");
	assert_null(f->reg[0].name);
	assert_int_equal(f->nlocals, 2);
	assert_int_equal(f->nmembers, 1);
	assert_string_equal(f->member[0].name, "buf");
	assert_int_equal(f->member[0].align, 64);
	assert_int_equal(f->nblocks, 8);
	assert_int_equal(f->nevents, 17);
	e = &f->block[0].event[3];
	assert_int_equal(e->kind, EV_CALL);
	assert_int_equal(e->id, 3);
	assert_int_equal(e->reg, 7);
	assert_int_equal(e->nargs, 4);
	assert_int_equal(e->loc.line, 123);
	assert_ptr_equal(e->callee, arena_intern(*state, "dma_alloc_coherent"));
	assert_ptr_equal(e->arg[2], term_local(u->terms, "h"));
	assert_int_equal(f->block[1].event[0].id, 5);
	assert_null(unit_find(u, "x_remove"));
	assert_int_equal(unit_find(u, "x_exit")->nblocks, 1);
}

static void preds_and_phis_are_in_order(void **state)
{
	const struct unit *u = read_unit(*state, driver);
	const struct block *b = u->function[0]->block;

	assert_int_equal(b[1].npred, 2);
	assert_int_equal(b[1].pred[0], 0);
	assert_int_equal(b[1].pred[1], 2);
	assert_ptr_equal(b[1].phi[0].arg[1], term_reg(u->terms, 9));
	assert_int_equal(b[1].phi[0].loc[0].line, 0);
	assert_int_equal(b[1].phi[0].loc[1].line, 130);
	/* Both ways of the test lead to block 7. */
	assert_int_equal(b[7].npred, 2);
	assert_int_equal(b[7].pred[0], 5);
	assert_int_equal(b[7].pred[1], 5);
	assert_ptr_equal(b[7].phi[0].arg[0], term_const(u->terms, -12));
	assert_ptr_equal(b[7].phi[0].arg[1], term_const(u->terms, 0));
	assert_int_equal(b[7].phi[0].loc[0].line, 136);
}

static void the_ways_of_a_switch_are_shared(void **state)
{
	const struct unit *u = read_unit(*state, driver);
	const struct block *b = &u->function[0]->block[3];

	assert_int_equal(b->nranges, 3);
	assert_int_equal(b->nsucc, 2);
	assert_int_equal(b->succ[0], 5);
	assert_int_equal(b->succ[1], 4);
	assert_int_equal(b->range[0].succ, 1);
	assert_int_equal(b->range[1].succ, 0);
	assert_int_equal(b->range[2].succ, 1);
	assert_int_equal(b->range[2].low, -5);
}

static void phis_are_sorted_by_predecessor(void **state)
{
	struct unit *u = read_unit(*state,
		"unit x.c\n"
		"function f int 0:1:1\n"
		"param 0 - -\n"
		"reg 1 - -\n"
		"block 0\n  test $0 2 1\n"
		"block 1\n  test 1 3 3\n"
		"block 2\n  goto 3\n"
		"block 3\n"
		"  phi %0 2:22 1:10 1:11\n"
		"  phi %1 1:10 2:22 0:7:1 1:11\n"
		"  return %0\n"
		"end\n");
	const struct block *b = &u->function[0]->block[3];

	assert_int_equal(b->phi[0].arg[0]->value, 10);
	assert_int_equal(b->phi[0].arg[1]->value, 11);
	assert_int_equal(b->phi[0].arg[2]->value, 22);
	assert_int_equal(b->phi[1].arg[2]->value, 22);
	assert_int_equal(b->phi[1].loc[2].line, 7);
}

static void comments_blanks_and_stops_are_free(void **state)
{
	struct unit *u = read_unit(*state,
		"# a comment\n\n"
		"  unit x.c   # another\n"
		"function f void 0:1:1 inline static\n"
		"block 0\n"
		"call - panic ( \"#\"   1 )#no location\n"
		"\t\n"
		"end");

	assert_string_equal(text_of(*state, u),
			    "unit x.c\n"
			    "function f void 0:1:1 static inline\n"
			    "block 0\n"
			    "\tcall - panic (\"#\" 1) 0:0:0\n"
			    "\tstop\n"
			    "end\n");
}

static void files_have_one_number(void **state)
{
	struct unit *u = unit_new(*state, "x.c");
	char path[32];
	unsigned int i;

	assert_int_equal(unit_file(u, "x.c"), 0);
	for (i = 1; i < 500; i++) {
		snprintf(path, sizeof(path), "include/%u.h", i);
		assert_int_equal(unit_file(u, path), i);
	}
	assert_int_equal(unit_file(u, "include/77.h"), 77);
	assert_int_equal(u->nfiles, 500);
}

static void functions_are_found_by_name(void **state)
{
	struct unit *u = unit_new(*state, "x.c");
	struct function *f[500];
	char name[32];
	unsigned int i;

	assert_null(unit_find(u, "f1"));
	for (i = 0; i < 500; i++) {
		f[i] = arena_alloc(*state, sizeof(*f[i]));
		f[i]->name = arena_printf(*state, "f%u", i);
		unit_add_function(u, f[i]);
	}
	for (i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "f%u", i);
		assert_ptr_equal(unit_find(u, name), f[i]);
	}
	assert_null(unit_find(u, "f500"));
}

/* Lines of a function with 2 parameters, 4 registers and one file. */
static const char *const bad_function[][2] = {
	{ "block 1", "line 6: block 1 is out of order" },
	{ "param 1 x -", "line 6: parameter 1 is out of order" },
	{ "reg 2 - -", "line 6: register 2 is out of order" },
	{ "reg 1048576 - -", "line 6: register number 1048576 is too large" },
	{ "local", "line 6: a name is missing" },
	{ "member t x 0 1", "line 6: a number is missing" },
	{ "set %1 1", "line 6: param, reg, local, member or block is "
	  "expected" },
	{ "block 0\nfoo", "line 7: an event is expected before \"foo\"" },
	{ "block 0\nset 1 1", "line 7: a register is missing" },
	{ "block 0\nset %1", "line 7: a term is missing" },
	{ "block 0\nset %1 (+ 1)", "line 7: operator + takes 2 arguments" },
	{ "block 0\nset %9999999 1", "line 7: register number" },
	{ "block 0\nload %1 $0", "line 7: a name is missing" },
	{ "block 0\nstore $0 1 -1 x", "line 7: the line should end" },
	{ "block 0\ncall f ()", "line 7: a register is missing" },
	{ "block 0\ncall - f", "line 7: \"(\" is missing" },
	{ "block 0\ncall - f (1", "line 7: a term is missing" },
	{ "block 0\ngoto", "line 7: a number is missing" },
	{ "block 0\ntest 1 0", "line 7: a number is missing" },
	{ "block 0\nswitch $0 (0 1 2)", "line 7: no case or default" },
	{ "block 0\nswitch $0 (0 1", "line 7: a number is missing" },
	{ "block 0\nswitch $0 (0 1 2", "line 7: \")\" is missing" },
	{ "block 0\nreturn 1 1:1:1", "line 7: file 1 is not declared" },
	{ "block 0\nreturn 1 0:1", "line 7: the line should end" },
	{ "block 0\nreturn -\nset %1 1", "line 8: an event behind the end" },
	{ "block 0\nset %1 1\nphi %2 0:1", "line 8: a phi behind the first" },
	{ "block 0\nphi %2 0:1\nreturn -\nend",
	  "line 7: a phi of 1 values in block 0, which has 0 predecessors" },
	{ "block 0\ngoto 1\nblock 1\nphi %2 1:1\nreturn -\nend",
	  "line 9: a phi without a value for predecessor 0" },
	{ "block 0\nphi %2 0 1", "line 7: \":\" is missing" },
	{ "end", "line 6: function f has no blocks" },
	{ "block 0\ngoto 1\nend", "line 8: function f, block 0: it leads to a "
	  "block that is not there" },
	{ "block 0\nset %4 1\nend", "result register out of range" },
	{ "block 0\nset %1 (+ %4 1)\nend", "block 0: register out of range" },
	{ "block 0\nset %1 (load $2 0)\nend", "parameter out of range" },
	{ "block 0\ncall - f (%4)\nend", "register out of range" },
	{ "block 0\ncall - @%4 ()\nend", "register out of range" },
	{ "block 0\nstore $0 %4 -\nend", "register out of range" },
	{ "block 0\nreturn %4\nend", "register out of range" },
	{ "block 0\ngoto 1\nblock 1\nphi %2 0:%4\nreturn -\nend",
	  "block 1: register out of range" },
	{ "block 0\ngoto 1\nblock 1\nphi %4 0:1\nreturn -\nend",
	  "phi register out of range" },
	{ "block 0\nswitch $0 (1 5 4) (0)\nblock 1\nend",
	  "a case is out of range" },
	{ "block 0", "line 6: function f has no end" },
};

static void a_bad_function_gets_line_and_sentence(void **state)
{
	struct error err;
	size_t i;

	for (i = 0; i < COUNT(bad_function); i++) {
		err.text[0] = '\0';
		assert_null(unit_parse(*state, arena_printf(*state,
				"unit x.c\nfunction f int 0:1:1\n"
				"param 0 - - \nparam 1 - -\nreg 3 - -\n%s",
				bad_function[i][0]), &err));
		if (!strstr(err.text, bad_function[i][1]))
			fail_msg("%s: \"%s\", not \"%s\"", bad_function[i][0],
				 err.text, bad_function[i][1]);
	}
}

static void a_bad_unit_gets_line_and_sentence(void **state)
{
	static const char *const pair[][2] = {
		{ "", "line 1: the text is empty" },
		{ "# x\n\n", "line 3: the text is empty" },
		{ "file 1 x.h",
		  "line 1: unit is expected before \"file 1 x.h\"" },
		{ "unit", "line 1: a name is missing" },
		{ "unit x.c y", "line 1: the line should end before \"y\"" },
		{ "unit x.c\nunit y.c", "line 2: file, ops, outside, str" },
		{ "unit x.c\nfile 2 x.h", "line 2: file 2 is out of order" },
		{ "unit x.c\nfile 1 x.c", "line 2: file 1 is out of order or" },
		{ "unit x.c\nops a b c", "line 2: a name is missing" },
		{ "unit x.c\nfunction f long 0:1:1", "line 2: unknown kind" },
		{ "unit x.c\nfunction f int 1:1:1", "file 1 is not declared" },
		{ "unit x.c\nfunction f int 0:1:1 hot",
		  "should end before \"hot" },
		{ "unit x.c\nend", "line 2: file, ops, outside, str" },
	};
	struct error err;
	size_t i;

	for (i = 0; i < COUNT(pair); i++) {
		err.text[0] = '\0';
		assert_null(unit_parse(*state, pair[i][0], &err));
		if (!strstr(err.text, pair[i][1]))
			fail_msg("%s: \"%s\", not \"%s\"", pair[i][0],
				 err.text, pair[i][1]);
	}
}

static void assert_wrong(const struct function *f, const char *what)
{
	struct error err = { "" };

	assert_int_equal(function_verify(f, &err), -1);
	if (!strstr(err.text, what))
		fail_msg("\"%s\", not \"%s\"", err.text, what);
}

/* What cannot be written, a lowering could still build. */
static void verify_finds_what_text_cannot_say(void **state)
{
	struct unit *u = read_unit(*state, driver);
	struct function *f = u->function[0];
	struct block *b = f->block;
	struct error err = { "" };

	assert_int_equal(function_verify(f, &err), 0);
	b[0].event[0].value = NULL;
	assert_wrong(f, "a value or an address is missing");
	b[0].event[0].value = term_const(u->terms, 1);
	b[0].event[0].reg = -1;
	assert_wrong(f, "block 0: set or load without a register");
	b[0].event[0].reg = 0;
	b[2].event[0].reg = 1;
	assert_wrong(f, "block 2: only set, load and call have a result");
	b[2].event[0].reg = -1;
	b[2].nsucc = 0;
	assert_wrong(f, "block 2: a goto leads to one block");
	b[2].nsucc = 1;
	b[2].nevents = 2;
	assert_wrong(f, "block 2: it ends in no test, switch, goto");
	b[2].nevents = 0;
	assert_wrong(f, "block 2: the block is empty");
	b[2].nevents = 3;
	b[2].event[0].kind = EV_STOP;
	assert_wrong(f, "block 2: events behind the end of the block");
	b[2].event[0].kind = EV_STORE;
	b[3].succ[1] = 5;
	assert_wrong(f, "block 3: a switch leads to a block twice");
	b[3].succ[1] = 4;
	b[3].range[0].succ = b[3].range[2].succ = 0;
	assert_wrong(f, "block 3: a block of a switch has no case");
	b[3].range[0].succ = b[3].range[2].succ = 1;
	b[1].npred = 1;
	assert_wrong(f, "ways in and out of blocks differ");
	b[1].npred = 2;
	b[1].pred[1] = 3;
	assert_wrong(f, "block 1: predecessors and ways in differ");
	b[1].pred[1] = 2;
	b[5].pred[0] = 4;
	b[5].pred[1] = 3;
	assert_wrong(f, "block 5: predecessors out of order");
	function_finish(u, f);
	assert_int_equal(function_verify(f, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_unit_is_printed_as_it_was_read),
		cmocka_unit_test(a_unit_is_read_as_it_was_written),
		cmocka_unit_test(preds_and_phis_are_in_order),
		cmocka_unit_test(the_ways_of_a_switch_are_shared),
		cmocka_unit_test(phis_are_sorted_by_predecessor),
		cmocka_unit_test(comments_blanks_and_stops_are_free),
		cmocka_unit_test(files_have_one_number),
		cmocka_unit_test(functions_are_found_by_name),
		cmocka_unit_test(a_bad_function_gets_line_and_sentence),
		cmocka_unit_test(a_bad_unit_gets_line_and_sentence),
		cmocka_unit_test(verify_finds_what_text_cannot_say),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
