/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event form: what one function does, as far as ownership can depend on
 * it. The lowering makes it from GIMPLE; the checker reads nothing else.
 *
 * Departure from the first design: the events are neutral (load, store,
 * call ...). Whether a call is an acquire or a release is what the rules say
 * of its name when it is checked, so that one event form serves any rules.
 *
 * Text form, one event a line ("#" begins a comment, indentation is free):
 *
 *	unit drivers/net/x.c			once, first
 *	file 1 drivers/net/x.h			0 is the unit's source
 *	ops pci_driver probe x_driver x_probe	x_driver.probe = x_probe
 *	ops dma_device device_config - x_config	a store into a member
 *	ops request_irq - - x_irq  		given to a function
 *	outside x_hw_reset			called here, no body here, and
 *						of the driver: not declared in
 *						the kernel's include/
 *	struct x_priv				defined by the driver, not by
 *						the kernel's headers
 *	function x_probe int 0:120:12 static	flags: static taken init exit
 *						inline variadic aside exported
 *	param 0 pdev pci_dev			name, struct tag pointed to ("-")
 *	reg 5 ring x_ring			source name ("-"), struct tag
 *						pointed to, "-", or typedef such
 *						as dma_addr_t
 *	local desc x_desc			an automatic variable in memory
 *	member x_priv inbuf 40 8 0		its address is a value here:
 *						first byte, size, greatest
 *						alignment asked for it, or for
 *						one before it (0: none)
 *	block 0
 *	phi %9 0:%7 2:%8 0:119:3		value by predecessor block; then
 *						where it was chosen, if known
 *	set %8 (+ %7 1) 0:121:3
 *	load %5 (. $0 x_priv ring 8) x_ring 0:121:3
 *						the word after the address is
 *						the type of the object: struct
 *						tag pointed to, or typedef
 *	store (. $0 x_priv dma 16) %5 dma_addr_t 0:122:3
 *	call %7 dma_alloc_coherent (%5 64 &h 3264) 0:123:9
 *	call - @(load ...) (%5) 0:124:2		"-": no result; indirect call:
 *						"@" and the target's term
 *	test (== %7 0) 3 4 0:125:5		to block 3 if not 0, else to 4
 *	switch %4 (5 1 3) (6 4 4) (7) 0:126:2	block, lowest, highest; the
 *						block alone is the default
 *	goto 5
 *	return %9 0:130:1			"return -" returns nothing
 *	end					ends the function
 *
 * A block ends with exactly one of test, switch, goto, return; a block that
 * ends without one ends in a call that does not return ("stop"). A location
 * that is not known is 0:0:0 or left out. Registers without a name and type
 * need no reg line, but the last one has one. Both ways of a test may lead to
 * one block, which then has two entries of one label in its phis; a switch
 * names each block it leads to in one place of succ.
 */
#ifndef DMACHECK_EVENT_H
#define DMACHECK_EVENT_H

#include "term.h"

struct loc {
	unsigned int file;	/* index in unit->file */
	unsigned int line;	/* from 1; 0: none */
	unsigned int col;	/* from 1; 0: none */
};

enum event_kind {
	EV_SET,		/* reg = value */
	EV_LOAD,	/* reg = memory at addr */
	EV_STORE,	/* memory at addr = value */
	EV_CALL,	/* reg = callee(args), or (*addr)(args) */
	EV_TEST,	/* to succ[0] if value is not 0, else to succ[1] */
	EV_SWITCH,	/* by value to a case, see struct block */
	EV_GOTO,	/* to succ[0] */
	EV_RETURN,	/* value, or NULL */
	EV_STOP,	/* the call before does not return */
};

struct event {
	enum event_kind kind;
	struct loc loc;
	int reg;			/* result, -1: none */
	const struct term *addr;
	const struct term *value;
	const char *callee;		/* interned; NULL: indirect */
	const char *type;		/* load, store; interned; NULL: none */
	unsigned int nargs;
	const struct term **arg;
	unsigned int id;		/* dense in the function */
};

struct phi {
	unsigned int reg;
	const struct term **arg;	/* one a predecessor, in pred order */
	struct loc *loc;		/* where each value was chosen */
};

struct range {
	unsigned int succ;		/* index in succ */
	int64_t low, high;		/* inclusive */
};

struct block {
	unsigned int nevents, nphis, nsucc, npred, nranges;
	struct event *event;
	struct phi *phi;
	unsigned int *succ, *pred;	/* block numbers */
	struct range *range;		/* of a switch; succ[0]: default */
};

enum ret_kind { RET_VOID, RET_INT, RET_UNSIGNED, RET_BOOL, RET_POINTER,
		RET_HANDLE };		/* RET_HANDLE: dma_addr_t */

struct var {
	const char *name;		/* NULL: none */
	const char *type;		/* NULL: none */
};

/* A member of a struct or union, and where it lies. */
struct member {
	const char *type, *name;	/* interned; as in a TERM_FIELD */
	int64_t offset, size, align;	/* in bytes */
};

struct function {
	const char *name;
	enum ret_kind ret;
	struct loc loc;
	bool is_static;			/* no other unit calls it: static, or
					 * of a whole module that does not
					 * export it */
	bool address_taken;		/* not in ops initialisers alone */
	bool is_init, is_exit;		/* __init, __exit */
	bool is_inline;
	bool is_variadic;
	bool is_aside;			/* reaches no DMA API: for looking up,
					 * not walked */
	bool is_exported;		/* to other modules */
	bool is_imported;		/* of another module: not judged */
	unsigned int source;		/* in unit->file: the C file compiled */
	unsigned int nparams, nregs, nlocals, nblocks, nevents;
	unsigned int nmembers;
	struct var *param, *reg, *local;
	struct member *member;		/* whose address is a value here */
	struct block *block;		/* 0 is the entry */
};

/* A function pointer in a static initialiser, or what is done with one. */
struct ops {
	const char *type;		/* struct tag, or function */
	const char *field;		/* member, or "-" */
	const char *object;		/* the variable, or "-" */
	const char *function;
	unsigned int element;		/* which table of an array of them */
	unsigned int source;		/* in unit->file, see struct function */
};

struct unit {
	struct arena *arena;
	struct term_table *terms;
	const char **file;		/* path as the compiler was given it */
	unsigned int nfiles, nfunctions, nops, noutside, nstructs;
	unsigned int nsources;		/* C files in it: 1, or linked */
	struct function **function;
	struct ops *ops;
	const char **outside;		/* interned */
	const char **structs;		/* the driver's own; interned */
	struct unit_index *index;	/* of functions and files; private */
};

/* An empty unit for source file @path, all of it in @arena. */
struct unit *unit_new(struct arena *arena, const char *path);

/* The number of @path in unit->file; adds it. */
unsigned int unit_file(struct unit *u, const char *path);

/* Appends; @f and the strings of @o must live in the unit's arena. */
void unit_add_function(struct unit *u, struct function *f);
void unit_add_ops(struct unit *u, struct ops o);
void unit_add_outside(struct unit *u, const char *name);
void unit_add_struct(struct unit *u, const char *tag);
/* Is the struct of that tag the driver's own? */
bool unit_has_struct(const struct unit *u, const char *tag);
const struct function *unit_find(const struct unit *u, const char *name);

/* Fills in npred, pred and event ids from succ; call it once when built. */
void function_finish(struct unit *u, struct function *f);

/* A sentence in @err and -1 if a reg, block or phi is out of range. */
int function_verify(const struct function *f, struct error *err);

/* The text form: the unit's head (unit, file, ops), one function, all. */
void unit_print_head(FILE *out, const struct unit *u);
void function_print(FILE *out, const struct function *f);
void unit_print(FILE *out, const struct unit *u);

/*
 * Reads the text forms of functions into @u. File number i in @text is number
 * @file[i] of @u; there are @nfiles. -1 and a sentence if it is malformed.
 */
int unit_parse_functions(struct unit *u, const char *text,
			 const unsigned int *file, unsigned int nfiles,
			 struct error *err);

/* Reads a text form. NULL and "line N: sentence" in @err if it is malformed. */
struct unit *unit_parse(struct arena *arena, const char *text,
			struct error *err);

#endif
