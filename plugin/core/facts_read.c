// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "facts.h"

static const char *const kinds[] = { "ops", "outside", "function", "site",
				     "unresolved", "finding" };
#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

struct reader {
	const char *path;
	char *data;
	size_t len;
	facts_record *f;
	void *arg;
	struct facts_info info;
	json_int_t count[NKINDS];
};

static int slurp_line(struct reader *rd, FILE *in, struct error *err)
{
	size_t room = 0;
	ssize_t n = getline(&rd->data, &room, in);

	fclose(in);
	rd->len = n > 0 ? (size_t)n : 0;
	return rd->data ? 0 :
	       error_set(err, "no memory left to read %s", rd->path);
}

static int slurp(struct reader *rd, bool head_only, struct error *err)
{
	FILE *in = fopen(rd->path, "r");
	struct stat st;

	if (!in || fstat(fileno(in), &st)) {
		error_set(err, "cannot read the facts file %s: %s", rd->path,
			  strerror(errno));
		if (in)
			fclose(in);
		return -1;
	}
	if (st.st_size > (off_t)FACTS_LIMIT) {
		fclose(in);
		return error_set(err, "%s is too large to be a facts file",
				 rd->path);
	}
	if (head_only)
		return slurp_line(rd, in, err);
	rd->data = malloc(st.st_size + 1);
	if (rd->data)
		rd->len = fread(rd->data, 1, st.st_size, in);
	fclose(in);
	if (!rd->data)
		return error_set(err, "no memory left to read %s", rd->path);
	rd->data[rd->len] = '\0';
	return 0;
}

static json_t *parse(const char *line, size_t len)
{
	return json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
}

static const char *string(const json_t *record, const char *key)
{
	const char *s = json_string_value(json_object_get(record, key));

	return s ? s : "";
}

/* Is the first record ours, and of this format? */
static int check_head(struct reader *rd, const json_t *first,
		      struct error *err)
{
	json_t *format = json_object_get(first, "format");

	if (!first || strcmp(string(first, "record"), "unit") ||
	    !json_is_integer(format))
		return error_set(err, "%s is not a facts file of dmacheck",
				 rd->path);
	if (json_integer_value(format) != FACTS_FORMAT)
		return error_set(err,
			"%s has facts of format %lld, this dmacheck reads %d; audit again",
			rd->path, (long long)json_integer_value(format),
			FACTS_FORMAT);
	rd->info.engine = string(first, "engine");
	rd->info.rules = string(first, "rules");
	rd->info.source = string(first, "source");
	rd->info.target = string(first, "target");
	rd->info.compiler = string(first, "compiler");
	return 0;
}

/* Is the last line an end record? Its counts are compared afterwards. */
static int check_end(struct reader *rd, struct error *err)
{
	size_t begin = rd->len ? rd->len - 1 : 0;
	bool ok = rd->len && rd->data[rd->len - 1] == '\n';
	json_t *end;
	size_t i;

	while (begin && rd->data[begin - 1] != '\n')
		begin--;
	end = ok ? parse(rd->data + begin, rd->len - begin) : NULL;
	ok = end && !strcmp(string(end, "record"), "end");
	for (i = 0; ok && i < NKINDS; i++)
		rd->count[i] = json_integer_value(json_object_get(end,
								  kinds[i]));
	json_decref(end);
	if (!ok)
		return error_set(err,
			"the facts file %s is truncated: it has no end record",
			rd->path);
	rd->len = begin;
	return 0;
}

static int count_kind(struct reader *rd, const char *kind)
{
	size_t i;

	for (i = 0; i < NKINDS; i++) {
		if (!strcmp(kinds[i], kind)) {
			rd->count[i]--;
			return 0;
		}
	}
	return -1;
}

/* One line that is not the first: counted, and given to the caller. */
static int one_record(struct reader *rd, const char *line, size_t len,
		      unsigned int number, struct error *err)
{
	json_t *record = parse(line, len);
	const char *kind = string(record, "record");
	int ret;

	if (!record || count_kind(rd, kind))
		ret = error_set(err, "%s:%u: this is no record of a facts file",
				rd->path, number);
	else
		ret = rd->f(rd->arg, &rd->info, kind, record, err);
	json_decref(record);
	return ret;
}

static int all_records(struct reader *rd, size_t at, struct error *err)
{
	unsigned int number = 2;
	size_t i;

	for (; at < rd->len; number++) {
		const char *line = rd->data + at;
		const char *nl = memchr(line, '\n', rd->len - at);
		size_t len = nl ? (size_t)(nl - line) : rd->len - at;

		if (one_record(rd, line, len, number, err))
			return -1;
		at += len + 1;
	}
	for (i = 0; i < NKINDS; i++)
		if (rd->count[i])
			return error_set(err,
				"the facts file %s is damaged: it lacks records of kind %s",
				rd->path, kinds[i]);
	return 0;
}

static int read_file(struct reader *rd, bool head_only, struct error *err)
{
	json_t *first = NULL;
	const char *nl;
	int ret = slurp(rd, head_only, err);

	if (!ret) {
		nl = memchr(rd->data, '\n', rd->len);
		first = nl ? parse(rd->data, nl - rd->data) : NULL;
		ret = check_head(rd, first, err);
	}
	if (!ret && !head_only)
		ret = check_end(rd, err);
	if (!ret)
		ret = rd->f(rd->arg, &rd->info, "unit", first, err);
	if (!ret && !head_only)
		ret = all_records(rd, nl + 1 - rd->data, err);
	json_decref(first);
	free(rd->data);
	return ret;
}

int facts_read(const char *path, facts_record *f, void *data,
	       struct error *err)
{
	struct reader rd = { .path = path, .f = f, .arg = data };

	return read_file(&rd, false, err);
}

int facts_read_head(const char *path, facts_record *f, void *data,
		    struct error *err)
{
	struct reader rd = { .path = path, .f = f, .arg = data };

	return read_file(&rd, true, err);
}
