// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "error.h"

int error_set(struct error *err, const char *fmt, ...)
{
	/* Not in place: an argument may be the sentence that is there. */
	char text[sizeof(err->text)] = "";
	va_list ap;
	char *p;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	/* What is quoted in the sentence may hold a newline. */
	for (p = text; *p; p++)
		if (*p == '\n')
			*p = ' ';
	memcpy(err->text, text, sizeof(text));
	return -1;
}

int error_prefix(struct error *err, const char *fmt, ...)
{
	char prefix[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(prefix, sizeof(prefix), fmt, ap) < 0)
		prefix[0] = '\0';
	va_end(ap);
	return error_set(err, "%s: %s", prefix, err->text);
}
