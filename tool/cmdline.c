// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "cmdline.h"

/* A word being read. */
struct lexer {
	struct arena *arena;
	const char *p;
	struct strings words;
	struct buffer word;
	bool in_word;
};

static void end_word(struct lexer *x)
{
	if (!x->in_word)
		return;
	strings_add(&x->words, arena_strndup(x->arena, x->word.data,
					     x->word.len));
	x->word.len = 0;
	x->in_word = false;
}

/* x->p stands behind the opening quote; afterwards behind the closing one. */
static void read_quoted(struct lexer *x, char quote)
{
	x->in_word = true;
	while (*x->p && *x->p != quote) {
		if (quote == '"' && *x->p == '\\' && x->p[1] &&
		    strchr("\"\\$`", x->p[1]))
			x->p++;
		buffer_add(&x->word, x->p++, 1);
	}
	x->p += *x->p == quote;
}

/* Characters of a word that mean nothing to the shell, as many as there are. */
static void read_plain(struct lexer *x)
{
	size_t len = strcspn(x->p, " \t\n;|&()'\"\\");

	buffer_add(&x->word, x->p, len);
	x->p += len;
	x->in_word = true;
}

static void end_command(struct lexer *x, cmdline_command *f, void *data)
{
	end_word(x);
	if (x->words.n)
		f(data, &x->words);
	strings_init(&x->words, x->arena);
}

void cmdline_split(struct arena *arena, const char *text, cmdline_command *f,
		   void *data)
{
	struct lexer x = { .arena = arena, .p = text };

	strings_init(&x.words, arena);
	buffer_init(&x.word, arena);
	while (*x.p) {
		switch (*x.p) {
		case ' ':
		case '\t':
			end_word(&x);
			x.p++;
			break;
		case '\n':
		case ';':
		case '|':
		case '&':
		case '(':
		case ')':
			end_command(&x, f, data);
			x.p++;
			break;
		case '\'':
		case '"':
			x.p++;
			read_quoted(&x, x.p[-1]);
			break;
		case '\\':
			x.p++;
			if (*x.p && *x.p != '\n') {
				buffer_add(&x.word, x.p, 1);
				x.in_word = true;
			}
			x.p += *x.p != '\0';
			break;
		default:
			read_plain(&x);
		}
	}
	end_command(&x, f, data);
}

/* gcc, x86_64-linux-gnu-gcc-12, cc, clang-15 with or without a folder */
static bool is_compiler(const char *word)
{
	const char *base = strrchr(word, '/');
	const char *end;
	size_t len;

	base = base ? base + 1 : word;
	end = base + strlen(base);
	while (end > base && strchr("0123456789.", end[-1]))
		end--;
	if (end > base && end[-1] == '-')
		end--;
	len = end - base;
	if (len >= 5 && !strncmp(end - 5, "clang", 5))
		return true;
	if (len >= 3 && !strncmp(end - 3, "gcc", 3))
		return len == 3 || end[-4] == '-';
	return len >= 2 && !strncmp(end - 2, "cc", 2) &&
	       (len == 2 || end[-3] == '-');
}

static bool is_launcher(const char *word)
{
	const char *base = strrchr(word, '/');

	base = base ? base + 1 : word;
	return !strcmp(base, "ccache") || !strcmp(base, "distcc") ||
	       !strcmp(base, "sccache");
}

bool cmdline_compiles(struct arena *arena, const struct strings *words,
		      struct cmdline *out)
{
	const char *source = NULL;
	bool compiles = false;
	size_t i = 0, k;

	while (i < words->n && is_launcher(words->item[i]))
		i++;
	if (i == words->n || !is_compiler(words->item[i]))
		return false;
	strings_init(&out->word, arena);
	for (k = i; k < words->n; k++) {
		const char *w = words->item[k];

		strings_add(&out->word, w);
		if (k == i)
			continue;
		compiles |= !strcmp(w, "-c");
		if (w[0] != '-' && ends_with(w, ".c") &&
		    strcmp(words->item[k - 1], "-include") &&
		    strcmp(words->item[k - 1], "-o"))
			source = w;
	}
	if (!compiles || !source)
		return false;
	out->source = path_clean(arena, source);
	return true;
}

/* Options that go, with all that begin so. */
static const char *const drop_prefix[] = {
	"-Wp,-M", "-MD", "-MMD", "-MP", "-Werror", "-g", "-fplugin",
	"-fsanitize", "-fno-sanitize", "-fasan-", "-fprofile", "-ftest-cov",
	"--coverage", "-flto", "-fno-lto", "-fdump-", "-save-temps",
	"-fanalyzer", "--param=asan-", "--param=tsan-", "--param=hwasan-",
	"-fdiagnostics-",
};

/* Options that go with the word behind them. */
static const char *const drop_pair[] = { "-o", "-MF", "-MT", "-MQ", "-aux-info" };

static bool in_list(const char *word, const char *const *list, size_t n,
		    bool prefix)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (prefix ? starts_with(word, list[i]) :
			     !strcmp(word, list[i]))
			return true;
	return false;
}

/* -DLATENT_ENTROPY_PLUGIN and its like go with the plugin they speak of. */
static bool defines_plugin(const char *word)
{
	return starts_with(word, "-D") && ends_with(word, "_PLUGIN");
}

/* How many words from @i on are to go. */
static size_t to_drop(const struct strings *w, size_t i)
{
	const char *word = w->item[i];

	if (!strcmp(word, "-c") || defines_plugin(word) ||
	    in_list(word, drop_prefix,
		    sizeof(drop_prefix) / sizeof(drop_prefix[0]), true))
		return 1;
	if (in_list(word, drop_pair,
		    sizeof(drop_pair) / sizeof(drop_pair[0]), false))
		return 2;
	if (!strcmp(word, "--param") && i + 1 < w->n &&
	    (starts_with(w->item[i + 1], "asan-") ||
	     starts_with(w->item[i + 1], "tsan-") ||
	     starts_with(w->item[i + 1], "hwasan-")))
		return 2;
	return 0;
}

void cmdline_clean(const struct cmdline *in, struct strings *out)
{
	size_t i = 0, n;

	while (i < in->word.n) {
		n = i ? to_drop(&in->word, i) : 0;
		if (!n)
			strings_add(out, in->word.item[i]);
		i += n ? n : 1;
	}
}

void cmdline_quote(struct buffer *b, const char *word)
{
	static const char safe[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_-+=./,:@%";
	const char *p;

	if (*word && strspn(word, safe) == strlen(word)) {
		buffer_puts(b, word);
		return;
	}
	buffer_puts(b, "'");
	for (p = word; *p; p++) {
		if (*p == '\'')
			buffer_puts(b, "'\\''");
		else
			buffer_add(b, p, 1);
	}
	buffer_puts(b, "'");
}
