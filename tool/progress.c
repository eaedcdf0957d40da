// SPDX-License-Identifier: GPL-2.0-or-later
#include <time.h>
#include "progress.h"

#define WIDTH 32		/* of the bar, in columns */

double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

void progress_begin(struct progress *p, FILE *out, bool tty)
{
	p->out = out;
	p->shown = tty;
	p->began = now();
	p->drawn = 0;
}

void progress_show(struct progress *p, const char *what, unsigned int done,
		   unsigned int total, unsigned int failed)
{
	char bar[WIDTH + 1];
	double t = now(), left;
	unsigned int i;

	if (!p->shown || (t - p->drawn < 0.1 && done != total))
		return;
	p->drawn = t;
	if (!total) {
		fprintf(p->out, "\r\033[K%s", what);
		fflush(p->out);
		return;
	}
	for (i = 0; i < WIDTH; i++)
		bar[i] = i * total < done * WIDTH ? '#' : ' ';
	bar[WIDTH] = '\0';
	fprintf(p->out, "\r\033[K%s [%s] %u/%u  %u %%", what, bar, done, total,
		100 * done / total);
	if (failed)
		fprintf(p->out, "  %u failed", failed);
	left = done ? (t - p->began) * (total - done) / done : 0;
	if (done > 4 && left >= 1)
		fprintf(p->out, "  %d:%02d left", (int)left / 60,
			(int)left % 60);
	fflush(p->out);
}

void progress_end(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", p->out);
	fflush(p->out);
}
