// SPDX-License-Identifier: GPL-2.0-or-later
#include <jansson.h>
#include <string.h>
#include "explain.h"

/* Words of @contract that are checks of debug.c ("D12") or rules ("R-SIZE"). */
static const char *contract_words(struct arena *a, const char *contract,
				  char first)
{
	const char *p = contract, *list = "";

	while (*p) {
		size_t len = strcspn(p, " ");

		if (*p == first)
			list = arena_printf(a, "%s%s%.*s", list,
					    *list ? ", " : "", (int)len, p);
		p += len;
		p += strspn(p, " ");
	}
	return list;
}

const struct rule *explain_find(const struct rules *r, const char *name,
				struct error *err)
{
	const struct rule *rule;
	unsigned int i;

	rule = rules_rule(r, strncmp(name, "-W", 2) ? name : name + 2);
	for (i = 0; !rule && i < r->nrules; i++)
		if (!strcmp(r->rule[i].id + strlen("dma-"), name))
			rule = &r->rule[i];
	for (i = 0; !rule && i < r->nrules; i++)
		if (!strcmp(r->rule[i].class, name))
			rule = &r->rule[i];
	if (!rule)
		error_set(err, "there is no rule or function \"%s\": "
			  "\"dmacheck explain\" lists the rules", name);
	return rule;
}

/* @text, each line with @indent before it. */
static void put_indented(FILE *out, const char *text, const char *indent)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		fprintf(out, "%s%.*s\n", len ? indent : "", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

int explain_rule(FILE *out, const struct rules *r, const char *name,
		 struct error *err)
{
	const struct rule *rule = explain_find(r, name, err);

	if (!rule)
		return -1;
	fprintf(out, "%s\n\n", rule->id);
	fprintf(out, "  says      %s\n", rule->message);
	fprintf(out, "  class     %s", rule->class);
	if (rule->cwe)
		fprintf(out, ", CWE-%u", rule->cwe);
	fprintf(out, "\n  at most   %s confidence\n",
		confidence_name(rule->confidence));
	fprintf(out, "  at run    %s%s%s\n", rule->debug ? "\"" : "",
		rule->debug ? rule->debug :
			      "CONFIG_DMA_API_DEBUG does not see it",
		rule->debug ? "\", with CONFIG_DMA_API_DEBUG" : "");
	fprintf(out, "  contract  %s\n\n", rule->contract);
	put_indented(out, rule->why, "");
	fputs("\nWrong:\n\n", out);
	put_indented(out, rule->bad, "    ");
	fputs("\nRight:\n\n", out);
	put_indented(out, rule->good, "    ");
	return 0;
}

void explain_list(FILE *out, const struct rules *r)
{
	unsigned int i;

	for (i = 0; i < r->nrules; i++)
		fprintf(out, "%-24s %-6s  %s\n", r->rule[i].id,
			confidence_name(r->rule[i].confidence),
			r->rule[i].message);
}

static json_t *rule_json(const struct rules *r, const struct rule *rule)
{
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s?, s:s, s:s, s:s, s:s, "
			 "s:s}",
			 "id", rule->id, "class", rule->class,
			 "cwe", (int)rule->cwe,
			 "confidence", confidence_name(rule->confidence),
			 "message", rule->message, "debug", rule->debug,
			 "contract",
			 contract_words(r->arena, rule->contract, 'R'),
			 "checks",
			 contract_words(r->arena, rule->contract, 'D'),
			 "why", rule->why, "bad", rule->bad,
			 "good", rule->good);
}

int explain_json(FILE *out, const struct rules *r, const char *name,
		 struct error *err)
{
	const struct rule *rule = NULL;
	json_t *j;
	unsigned int i;
	int failed;

	if (name) {
		rule = explain_find(r, name, err);
		if (!rule)
			return -1;
	}
	j = rule ? rule_json(r, rule) : json_array();
	for (i = 0; !rule && i < r->nrules; i++)
		json_array_append_new(j, rule_json(r, &r->rule[i]));
	failed = json_dumpf(j, out, JSON_INDENT(2));
	json_decref(j);
	if (failed)
		return error_set(err, "the rules cannot be written as JSON");
	fputc('\n', out);
	return 0;
}

/* @text for a cell of a Markdown table, up to the end of its first sentence. */
static void put_cell(FILE *out, const char *text, bool sentence)
{
	const char *end = strstr(text, ". ");
	const char *line_end = strstr(text, ".\n");
	const char *p;

	if (!end || (line_end && line_end < end))
		end = line_end;
	for (p = text; *p && !(sentence && p == end); p++) {
		if (*p == '|')
			fputc('\\', out);
		/* a placeholder stands for a word: {noun} is *noun* */
		fputc(*p == '\n' ? ' ' : *p == '{' || *p == '}' ? '*' : *p,
		      out);
	}
}

void explain_markdown(FILE *out, const struct rules *r)
{
	unsigned int i;

	fputs("| rule | what it says | why | at most |\n"
	      "|---|---|---|---|\n", out);
	for (i = 0; i < r->nrules; i++) {
		const struct rule *rule = &r->rule[i];

		fprintf(out, "| `%s` | ", rule->id);
		put_cell(out, rule->message, false);
		fputs(" | ", out);
		put_cell(out, rule->why, true);
		fprintf(out, " | %s |\n", confidence_name(rule->confidence));
	}
}

void explain_table(FILE *out, const struct rules *r)
{
	unsigned int i;

	fputs("| rule | class | CWE | contract | checks | "
	      "CONFIG_DMA_API_DEBUG prints |\n"
	      "|---|---|---|---|---|---|\n", out);
	for (i = 0; i < r->nrules; i++) {
		const struct rule *rule = &r->rule[i];

		fprintf(out, "| `%s` | %s | %u | %s | %s | ", rule->id,
			rule->class, rule->cwe,
			contract_words(r->arena, rule->contract, 'R'),
			contract_words(r->arena, rule->contract, 'D'));
		put_cell(out, rule->debug ? rule->debug : "nothing", false);
		fputs(" |\n", out);
	}
}

static const char *fails_by(const struct family *f)
{
	switch (f->fail) {
	case FAIL_NULL:
		return "returns NULL";
	case FAIL_ZERO:
		return "returns 0";
	case FAIL_NEGATIVE:
		return "returns a negative number";
	case FAIL_NONZERO:
		return "returns a number other than 0";
	case FAIL_ERR_PTR:
		return "returns an ERR_PTR";
	case FAIL_TEST:
		return "only its test says so";
	default:
		return "cannot fail";
	}
}

static const char *kind_says(const struct api *api)
{
	switch (api->kind) {
	case API_ACQUIRE:
		return "acquires";
	case API_RELEASE:
		return "releases";
	case API_TEST:
		return "tests";
	case API_SYNC:
		return api->to_cpu ? "syncs for the CPU" :
				     "syncs for the device";
	case API_MASK:
		return "sets the DMA mask of a device";
	case API_ALLOC:
		return "allocates memory";
	case API_FREE:
		return "frees memory";
	case API_PURE:
		return "computes something of its arguments";
	case API_BORROW:
		return "uses its arguments and keeps none";
	case API_PRINT:
		return "tells the value of its arguments";
	case API_DEVICE:
		return "gives an argument to the device";
	case API_TAKE:
		return "keeps or consumes an argument";
	case API_ACTION:
		return "releases later";
	case API_ADDRESS:
		return "computes a physical address";
	case API_TRY_ACTION:
		return "releases later, unless it fails";
	case API_PUT:
		return "drops a reference to an argument";
	case API_MAPS:
		return api->perhaps ? "maps, if the controller has DMA" :
				      "maps what it is given";
	case API_LOCK:
		return "begins a context in which code must not sleep";
	case API_UNLOCK:
		return "ends a context in which code must not sleep";
	case API_USER:
		return "shows memory to user space";
	case API_ASK:
		return "asks in which context it runs";
	default:
		return "is known";
	}
}

static void put_family(FILE *out, const struct family *f)
{
	fprintf(out, "  family    %s\n", f->name);
	if (f->debug_type)
		fprintf(out, "  debug.c   %s\n", f->debug_type);
	fprintf(out, "  failure   %s\n", fails_by(f));
	if (f->test)
		fprintf(out, "  test      %s()\n", f->test);
	if (f->releases)
		fprintf(out, "  release   %s()\n", f->releases);
	if (f->managed)
		fputs("  managed   released when the driver is unbound\n", out);
}

int explain_api(FILE *out, const struct rules *r, const char *name,
		struct error *err)
{
	const struct api *api = rules_api(r, name);
	unsigned int i;

	if (!api)
		return error_set(err, "rules.yaml does not know %s()", name);
	if (api->ret != ROLE_NONE)
		fprintf(out, "%s = ", role_name(api->ret));
	fprintf(out, "%s(", api->name);
	for (i = 0; i < api->nargs; i++)
		fprintf(out, "%s%s", i ? ", " : "", role_name(api->arg[i]));
	fprintf(out, ")\n\n  kind      %s%s%s\n", kind_says(api),
		api->family ? ": " : "", api->family ? api->family->noun : "");
	if (api->family)
		put_family(out, api->family);
	if (api->wrapper)
		fputs("  wrapper   of a subsystem core\n", out);
	return 0;
}
