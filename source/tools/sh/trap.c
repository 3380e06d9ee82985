/* Signals: trap, and what the shell itself does with them. */
#include "sh.h"
#include "../shared/kill-processes.h"
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGNALS 65

static char *actions[SIGNALS]; /* NULL: the default; "": ignored. [0] is EXIT. */
static volatile sig_atomic_t is_pending[SIGNALS], any_pending;
volatile int was_interrupted;

static void on_signal(int number)
{
	if (number == SIGINT && !actions[SIGINT]) {
		was_interrupted = 1;
		return;
	}
	is_pending[number] = 1;
	any_pending = 1;
}

static void set_handler(int number, void (*handler)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	sigaction(number, &action, NULL);
}

void init_signals(void)
{
	if (!is_interactive)
		return;
	set_handler(SIGINT, on_signal);
	set_handler(SIGQUIT, SIG_IGN);
	set_handler(SIGTERM, SIG_IGN);
}

static void set_trap(int number, const char *action)
{
	free(actions[number]);
	actions[number] = action ? strdup(action) : NULL;
	if (number == 0)
		return;
	if (!action && is_interactive && number == SIGINT)
		set_handler(number, on_signal);
	else
		set_handler(number, !action ? SIG_DFL : *action ? on_signal : SIG_IGN);
}

static void list_traps(void)
{
	int number;

	for (number = 0; number < SIGNALS; number++) {
		if (actions[number])
			printf("trap -- '%s' %s\n", actions[number], signal_name(number));
	}
}

int trap_command(int argc, char **argv)
{
	int first = 1, i, status = 0;
	const char *action;

	if (argc > 1 && strcmp(argv[1], "--") == 0)
		first++;
	if (first >= argc) {
		list_traps();
		return 0;
	}
	action = argv[first];
	if (argc - first == 1 || isdigit((unsigned char)*action))
		action = NULL; /* Signals only: back to the defaults. */
	else
		first++;
	if (action && strcmp(action, "-") == 0)
		action = NULL;
	for (i = first; i < argc; i++) {
		int number = signal_by_name(argv[i]);
		if (number < 0 || number >= SIGNALS) {
			fprintf(stderr, "trap: %s: bad trap\n", argv[i]);
			status = 1;
			continue;
		}
		set_trap(number, action);
	}
	return status;
}

int has_pending_trap(void)
{
	int number;

	for (number = 1; any_pending && number < SIGNALS; number++) {
		if (is_pending[number])
			return number;
	}
	return 0;
}

/* Between two commands. */
void run_traps(void)
{
	int number;

	while ((number = has_pending_trap()) != 0) {
		int status = last_status;
		is_pending[number] = 0;
		if (actions[number]) {
			char *action = strdup(actions[number]); /* It may change itself. */
			run_text(action, strlen(action), current_line);
			free(action);
		}
		last_status = status;
	}
	any_pending = 0;
}

void run_exit_trap(void)
{
	char *action = actions[0];

	actions[0] = NULL;
	if (action)
		run_text(action, strlen(action), current_line);
}

int has_traps(void)
{
	int number;

	for (number = 0; number < SIGNALS; number++) {
		if (actions[number] && *actions[number])
			return 1;
	}
	return 0;
}

/* In a subshell: what is ignored stays so. */
void reset_traps(void)
{
	int number;

	for (number = 0; number < SIGNALS; number++) {
		if (actions[number] && *actions[number]) {
			free(actions[number]);
			actions[number] = NULL;
			if (number > 0)
				set_handler(number, SIG_DFL);
		}
		is_pending[number] = 0;
	}
	if (is_interactive) {
		if (!actions[SIGINT])
			set_handler(SIGINT, SIG_DFL);
		set_handler(SIGQUIT, SIG_DFL);
		set_handler(SIGTERM, SIG_DFL);
	}
	any_pending = 0;
}
