/* kill(1): [-s NAME | -NAME | -NUMBER] PID…, and -l. */
#include "kill-processes.h"
#include "tool.h"
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names[] = {
	"EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
	"SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
	"TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "POLL", "PWR", "SYS",
};

#define NAMES ((int)(sizeof names / sizeof *names))

const char *signal_name(int number)
{
	return number >= 0 && number < NAMES ? names[number] : NULL;
}

int signal_by_name(const char *name)
{
	long number;
	int i;

	if (parse_number(name, &number))
		return number >= 0 && number <= 64 ? (int)number : -1;
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (i = 0; i < NAMES; i++) {
		if (strcasecmp(name, names[i]) == 0)
			return i;
	}
	return -1;
}

static int list(char **operands)
{
	int i;

	if (!*operands) {
		for (i = 1; i < NAMES; i++)
			printf("%s%s", names[i], i + 1 < NAMES ? " " : "\n");
		return 0;
	}
	for (; *operands; operands++) {
		long number;
		const char *name;
		if (!parse_number(*operands, &number)) {
			printf("%d\n", signal_by_name(*operands));
			continue;
		}
		name = signal_name((int)(number > 128 ? number - 128 : number)); /* Also a status of wait(2) in the shell. */
		if (name)
			puts(name);
		else
			printf("%ld\n", number);
	}
	return 0;
}

int kill_processes(int argc, char **argv)
{
	int number = SIGTERM, at = 1, status = 0;

	if (argc < 2) {
		complain(0, "not enough arguments");
		return 1;
	}
	if (strcmp(argv[1], "-l") == 0 || strcmp(argv[1], "-L") == 0)
		return list(argv + 2);
	if (argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "--") != 0) {
		const char *name = strcmp(argv[1], "-s") == 0 && argc > 2 ? argv[2] : argv[1] + 1;
		at = name == argv[2] ? 3 : 2;
		number = signal_by_name(name);
		if (number < 0) {
			complain(0, "unknown signal %s", name);
			return 1;
		}
	}
	if (at < argc && strcmp(argv[at], "--") == 0)
		at++;
	for (; at < argc; at++) {
		long pid;
		if (!parse_number(argv[at], &pid)) {
			complain(0, "failed to parse argument: '%s'", argv[at]);
			status = 1;
		} else if (kill((pid_t)pid, number) < 0) {
			complain(errno, "(%ld)", pid);
			status = 1;
		}
	}
	return status;
}
