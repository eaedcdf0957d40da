// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#include "calls.h"

#define NESTED 64

/* An open #if. */
struct branch {
	unsigned int depth;	/* of braces where it began */
	bool dead;		/* nothing of it is ever compiled */
};

struct lexer {
	struct arena *arena;
	const struct rules *rules;
	const char *at, *end, *line_start;
	unsigned int line;
	unsigned int depth, parens;
	unsigned int begins;		/* of the statement; 0: at its next
					 * token */
	struct branch branch[NESTED];
	unsigned int nbranches;
	bool macro;			/* in a #define */
	bool member;			/* a "." or "->" was just before */
	const char *function;		/* that we are in or might come to */
	const char *outside;		/* the same, while in a macro */
	struct call *call;
	size_t n;
};

const char *calls_kind(const struct api *api)
{
	switch (api->kind) {
	case API_ACQUIRE:
		return "acquire";
	case API_RELEASE:
		return "release";
	case API_TEST:
		return "test";
	case API_SYNC:
		return "sync";
	default:
		return NULL;
	}
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static char peek(const struct lexer *x, size_t n)
{
	return n < (size_t)(x->end - x->at) ? x->at[n] : '\0';
}

static void step(struct lexer *x)
{
	if (*x->at++ != '\n')
		return;
	x->line++;
	x->line_start = x->at;
}

static void skip_comment(struct lexer *x)
{
	if (peek(x, 1) == '/') {
		while (x->at < x->end && *x->at != '\n')
			step(x);
		return;
	}
	x->at += 2;
	while (x->at < x->end && !(*x->at == '*' && peek(x, 1) == '/'))
		step(x);
	x->at += x->at < x->end ? 2 : 0;
}

/* A string or a character; neither goes on in the next line by itself. */
static void skip_quoted(struct lexer *x)
{
	char quote = *x->at++;

	while (x->at < x->end && *x->at != quote && *x->at != '\n') {
		if (*x->at == '\\' && x->at + 1 < x->end)
			step(x);
		step(x);
	}
	if (x->at < x->end && *x->at == quote)
		x->at++;
}

static bool is_comment(const struct lexer *x)
{
	return *x->at == '/' && (peek(x, 1) == '*' || peek(x, 1) == '/');
}

/* To the end of the line, or of the last one that continues it. */
static void skip_line(struct lexer *x)
{
	while (x->at < x->end && *x->at != '\n') {
		if (is_comment(x)) {
			skip_comment(x);
			continue;
		}
		if (*x->at == '\\' && x->at + 1 < x->end)
			step(x);
		step(x);
	}
}

static size_t word_here(const struct lexer *x)
{
	size_t n = 0;

	while (is_word(peek(x, n)))
		n++;
	return n;
}

static void skip_blanks(struct lexer *x)
{
	while (x->at < x->end && (*x->at == ' ' || *x->at == '\t' ||
				  (*x->at == '\\' && peek(x, 1) == '\n'))) {
		if (*x->at == '\\')
			step(x);
		step(x);
	}
}

static bool is_dead(const struct lexer *x)
{
	unsigned int i;

	for (i = 0; i < x->nbranches; i++)
		if (x->branch[i].dead)
			return true;
	return false;
}

/* Braces count once, however many branches open them. */
static void conditional(struct lexer *x, const char *word, size_t len)
{
	struct branch *b = x->nbranches ? &x->branch[x->nbranches - 1] : NULL;

	if (word[0] == 'i' && word[1] == 'f') {
		if (x->nbranches == NESTED)
			return;
		b = &x->branch[x->nbranches++];
		b->depth = x->depth;
		b->dead = len == 2 && *x->at == '0' && !is_word(peek(x, 1));
	} else if (b && word[0] == 'e' && word[1] == 'l') {
		x->depth = b->depth;
		b->dead = false;
	} else if (b && len == 5 && !memcmp(word, "endif", 5)) {
		x->nbranches--;
	}
}

static void directive(struct lexer *x)
{
	const char *word;
	size_t len;

	x->at++;
	skip_blanks(x);
	word = x->at;
	len = word_here(x);
	x->at += len;
	skip_blanks(x);
	if (len == 6 && !memcmp(word, "define", 6) && !is_dead(x)) {
		x->outside = x->function;
		x->macro = true;
		x->function = arena_strndup(x->arena, x->at, word_here(x));
		x->at += word_here(x);
		return;
	}
	if (len >= 2)
		conditional(x, word, len);
	skip_line(x);
}

static void end_macro(struct lexer *x)
{
	if (x->macro)
		x->function = x->outside;
	x->macro = false;
}

static void add_call(struct lexer *x, const struct api *api, const char *word,
		     unsigned int line, const char *line_start)
{
	struct call *c;

	x->call = arena_grow(x->arena, x->call, x->n, sizeof(*x->call));
	c = &x->call[x->n++];
	c->api = api;
	c->line = line;
	c->col = (unsigned int)(word - line_start) + 1;
	c->begins = x->macro ? line : x->begins;
	c->function = x->function ? x->function : "";
	c->macro = x->macro;
}

static void word(struct lexer *x)
{
	const char *at = x->at, *line_start = x->line_start, *name;
	unsigned int line = x->line;
	const struct api *api;
	size_t len = word_here(x);
	bool member = x->member;

	x->at += len;
	while (x->at < x->end && (isspace((unsigned char)*x->at) &&
				  (*x->at != '\n' || !x->macro)))
		step(x);
	if (peek(x, 0) != '(' || member || isdigit((unsigned char)*at))
		return;
	name = arena_strndup(x->arena, at, len);
	if (!x->depth && !x->macro) {
		if (!x->function && !x->parens)
			x->function = name;
		return;
	}
	api = rules_api(x->rules, name);
	if (api && calls_kind(api))
		add_call(x, api, at, line, line_start);
}

/* What stands in the first column begins or ends a function. */
static void brace(struct lexer *x)
{
	bool first = x->at == x->line_start;

	if (*x->at == '{') {
		x->depth = first ? 1 : x->depth + 1;
	} else {
		x->depth = first || !x->depth ? 0 : x->depth - 1;
		if (!x->depth)
			x->function = NULL;
	}
	if (first)
		x->parens = 0;
}

static void punctuation(struct lexer *x)
{
	char c = *x->at;

	x->member = c == '.' || (c == '>' && x->at > x->line_start &&
				   x->at[-1] == '-');
	if (x->macro)
		return;
	if (c == '(')
		x->parens++;
	else if (c == ')' && x->parens)
		x->parens--;
	else if (c == '{' || c == '}')
		brace(x);
	if ((c == '{' || c == '}' || c == ';') && !x->parens)
		x->begins = 0;
	if (c == ';' && !x->depth)
		x->function = NULL;
}

static void token(struct lexer *x)
{
	if (!x->begins)
		x->begins = x->line;
	if (is_word(*x->at)) {
		word(x);
		x->member = false;
		return;
	}
	punctuation(x);
	step(x);
}

static bool begins_line(const struct lexer *x)
{
	const char *c = x->at;

	while (c > x->line_start && (c[-1] == ' ' || c[-1] == '\t'))
		c--;
	return c == x->line_start;
}

size_t calls_find(struct arena *arena, const struct rules *rules,
		  const char *text, size_t len, struct call **out)
{
	struct lexer x = { .arena = arena, .rules = rules, .at = text,
			   .end = text + len, .line_start = text, .line = 1 };

	while (x.at < x.end) {
		if (*x.at == '\n')
			end_macro(&x);
		if (*x.at == '#' && !x.macro && begins_line(&x))
			directive(&x);
		else if (is_dead(&x) && !isspace((unsigned char)*x.at))
			skip_line(&x);
		else if (is_comment(&x))
			skip_comment(&x);
		else if (*x.at == '"' || *x.at == '\'')
			skip_quoted(&x);
		else if (*x.at == '\\' && peek(&x, 1) == '\n')
			skip_blanks(&x);
		else if (isspace((unsigned char)*x.at))
			step(&x);
		else
			token(&x);
	}
	*out = x.call;
	return x.n;
}
