/* date(1): the machine's time, in UTC, with +FORMAT. */
#include "shared/tool.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S %Z %Y";
	struct timespec now;
	char text[1024];
	size_t length = 0;
	int i;

	tool_name = "date";
	for (i = 1; i < argc; i++) {
		if (argv[i][0] == '+')
			format = argv[i] + 1;
		else if (strcmp(argv[i], "-u") != 0) {
			complain(0, "invalid date '%s'", argv[i]);
			return 1;
		}
	}
	clock_gettime(CLOCK_REALTIME, &now);
	/* strftime(3) has no %N; the other letters it gets as they come. */
	for (; *format; format++) {
		char directive[4] = {*format, 0, 0, 0};
		if (*format != '%' || !format[1]) {
			text[length++] = *format;
		} else if (*++format == 'N') {
			length += (size_t)snprintf(text + length, sizeof text - length, "%09ld", now.tv_nsec);
		} else {
			directive[1] = *format;
			length += strftime(text + length, sizeof text - length, directive, localtime(&now.tv_sec));
		}
		if (length > sizeof text - 128)
			break;
	}
	text[length] = 0;
	puts(text);
	return finish(0);
}
