/* sleep(1): seconds, fractions too, with the suffixes s, m, h and d; several add up. */
#include "shared/tool.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int argc, char **argv)
{
	double seconds = 0;
	struct timespec time;
	int i;

	tool_name = "sleep";
	if (argc < 2) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	for (i = 1; i < argc; i++) {
		static const char suffixes[] = "smhd";
		static const int factors[] = {1, 60, 3600, 86400};
		char *end;
		double value = strtod(argv[i], &end);
		const char *suffix = *end ? strchr(suffixes, *end) : suffixes;
		if (end == argv[i] || value < 0 || !suffix || (*end && end[1])) {
			complain(0, "invalid time interval '%s'", argv[i]);
			usage_exit(1);
		}
		seconds += value * factors[suffix - suffixes];
	}
	time.tv_sec = (time_t)seconds;
	time.tv_nsec = (long)((seconds - floor(seconds)) * 1e9);
	nanosleep(&time, NULL);
	return 0;
}
