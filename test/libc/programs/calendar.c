// gmtime, mktime, asctime and every conversion of strftime over four thousand years.
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state = 88172645463325252ULL;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

int main(void)
{
	char text[600];
	struct tm tm, shifted;
	int i;

	setenv("TZ", "UTC", 1);
	for (i = 0; i < 150; i++) {
		time_t t = (time_t)(next() % 80000000000ULL) - 25000000000L;
		tm = *gmtime(&t);
		printf("%ld %s", (long)t, asctime(&tm));
		strftime(text, sizeof text,
			"%a %A %b %B %c %C %d %D %e %F %g %G %h %H %I %j %k %l %m %M %p %P %r %R %s %S %T %u %U %V %w %W %x %X %y %Y %z %Z %% %-d %_H %05d %^a|", &tm);
		puts(text);
		shifted = tm;
		shifted.tm_mon += (int)(next() % 40) - 20;
		shifted.tm_mday += (int)(next() % 100) - 50;
		shifted.tm_hour += (int)(next() % 100) - 50;
		shifted.tm_sec += (int)(next() % 10000);
		printf("%ld ", (long)mktime(&shifted));
		printf("%d %d %d %d\n", shifted.tm_mon, shifted.tm_mday, shifted.tm_wday, shifted.tm_yday);
	}
	if (strptime("2024-02-29 13:14:15", "%Y-%m-%d %H:%M:%S", &tm))
		printf("%d %d %d %d\n", tm.tm_year, tm.tm_mon, tm.tm_wday, tm.tm_yday);
	return 0;
}
