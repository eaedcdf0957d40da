// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include "text.h"

#define NAME_MAX_LEN 4096

void text_blanks(const char **at)
{
	while (**at == ' ' || **at == '\t')
		(*at)++;
}

void text_print_name(FILE *out, const char *name)
{
	if (!name)
		name = "-";
	if (!*name)
		fputs("\\e", out);
	for (; *name; name++) {
		if (*name <= ' ' || *name > '~' || strchr("()\"\\#", *name))
			fprintf(out, "\\x%02X", (unsigned char)*name);
		else
			fputc(*name, out);
	}
}

static int hex(char c)
{
	const char *digits = "0123456789ABCDEF";
	const char *p = c ? strchr(digits, toupper((unsigned char)c)) : NULL;

	return p ? (int)(p - digits) : -1;
}

int text_escape(const char **at)
{
	const char *p = *at + 1;
	int high, low;

	switch (*p) {
	case '"':
	case '\\':
		*at = p + 1;
		return *p;
	case 'n':
		*at = p + 1;
		return '\n';
	case 'e':
		*at = p + 1;
		return 0;
	case 'x':
		high = hex(p[1]);
		low = high < 0 ? -1 : hex(p[2]);
		if (low < 0 || high + low == 0)
			return -1;
		*at = p + 3;
		return high << 4 | low;
	default:
		return -1;
	}
}

static bool ends_name(char c)
{
	return !c || isspace((unsigned char)c) || c == '(' || c == ')';
}

const char *text_name(struct arena *a, const char **at, struct error *err)
{
	char name[NAME_MAX_LEN];
	const char *p;
	size_t n = 0;
	int c;

	text_blanks(at);
	for (p = *at; !ends_name(*p);) {
		if (*p == '\\')
			c = text_escape(&p);
		else
			c = (unsigned char)*p++;
		if (c < 0 || n == sizeof(name) - 1) {
			error_set(err, "bad name \"%.20s\"", *at);
			return NULL;
		}
		if (c)
			name[n++] = (char)c;
	}
	if (p == *at) {
		error_set(err, "a name is missing before \"%.20s\"", p);
		return NULL;
	}
	name[n] = '\0';
	*at = p;
	return arena_intern(a, name);
}

int text_optional(struct arena *a, const char **at, const char **name,
		  struct error *err)
{
	const char *s = text_name(a, at, err);

	if (!s)
		return -1;
	*name = strcmp(s, "-") ? s : NULL;
	return 0;
}

int text_number(const char **at, int64_t *value, struct error *err)
{
	uint64_t n = 0, most = INT64_MAX;
	const char *p;
	bool minus;

	text_blanks(at);
	p = *at;
	minus = *p == '-';
	p += minus;
	most += minus;
	if (!isdigit((unsigned char)*p))
		return error_set(err, "a number is missing before \"%.20s\"",
				 *at);
	for (; isdigit((unsigned char)*p); p++) {
		unsigned int digit = (unsigned int)(*p - '0');

		if (n > (most - digit) / 10)
			return error_set(err, "number too large: %.20s", *at);
		n = n * 10 + digit;
	}
	*value = (int64_t)(minus ? 0 - n : n);
	*at = p;
	return 0;
}

int text_unsigned(const char **at, unsigned int *value, struct error *err)
{
	const char *start = *at;
	int64_t n;

	if (text_number(at, &n, err))
		return -1;
	if (n < 0 || n > UINT_MAX)
		return error_set(err, "number out of range: %.20s", start);
	*value = (unsigned int)n;
	return 0;
}
