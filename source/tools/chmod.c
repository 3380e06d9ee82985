/* chmod(1): octal modes, and [ugoa…][+-=][rwx…]. */
#include "shared/tool.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The new mode, or -1 if the text is none. */
static int change(const char *text, int mode)
{
	char *end;
	long octal = strtol(text, &end, 8);

	if (end != text && !*end)
		return (int)octal;
	for (;;) {
		int who = 0, bits = 0, operation;
		for (; *text && strchr("ugoa", *text); text++)
			who |= *text == 'u' ? 0700 : *text == 'g' ? 070 : *text == 'o' ? 07 : 0777;
		if (!who)
			who = 0777;
		operation = *text++;
		if (!operation || !strchr("+-=", operation))
			return -1;
		for (; *text && strchr("rwx", *text); text++)
			bits |= *text == 'r' ? 0444 : *text == 'w' ? 0222 : 0111;
		mode = operation == '+' ? mode | (bits & who) : operation == '-' ? mode & ~(bits & who) : (mode & ~who) | (bits & who);
		if (!*text)
			return mode;
		if (*text++ != ',')
			return -1;
	}
}

int main(int argc, char **argv)
{
	int status = 0, i;

	tool_name = "chmod";
	if (argc < 3) {
		complain(0, argc < 2 ? "missing operand" : "missing operand after '%s'", argv[1]);
		usage_exit(1);
	}
	for (i = 2; i < argc; i++) {
		struct stat st;
		int mode;
		if (stat(argv[i], &st) < 0) {
			complain(errno, "cannot access '%s'", argv[i]);
			status = 1;
			continue;
		}
		mode = change(argv[1], (int)(st.st_mode & 07777));
		if (mode < 0) {
			complain(0, "invalid mode: '%s'", argv[1]);
			usage_exit(1);
		}
		if (chmod(argv[i], (mode_t)mode) < 0) {
			complain(errno, "changing permissions of '%s'", argv[i]);
			status = 1;
		}
	}
	return status;
}
