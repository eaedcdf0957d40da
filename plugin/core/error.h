/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An error is a sentence that travels up; only main() and plugin.cc print it.
 *
 * A function that can fail returns 0 or -1 (or a pointer or NULL) and leaves
 * the sentence here: what failed, on what, and what to do about it.
 */
#ifndef DMACHECK_ERROR_H
#define DMACHECK_ERROR_H

struct error {
	char text[1024];	/* one sentence, no newline at the end */
};

/* Sets the sentence; returns -1, so that "return error_set(...)" reads well. */
int error_set(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "@fmt: " before the sentence that is there; returns -1. */
int error_prefix(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
