/* sh(1): sh [-eufxi] [-c COMMAND [NAME [ARGUMENT…]] | FILE [ARGUMENT…]] */
#include "sh.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;
static jmp_buf prompt_again;
static int can_go_back;

static void print_message(const char *format, va_list args)
{
	fflush(stdout);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

static void print_place(void)
{
	fflush(stdout);
	fprintf(stderr, "%s: %d: ", shell_name, current_line);
}

void warn(const char *format, ...)
{
	va_list args;

	print_place();
	va_start(args, format);
	print_message(format, args);
	va_end(args);
}

static void give_up(int status) __attribute__((noreturn));
static void give_up(int status)
{
	last_status = status;
	if (can_go_back && is_interactive && !in_subshell)
		longjmp(prompt_again, 1);
	exit_shell(status);
}

void fail(int status, const char *format, ...)
{
	va_list args;

	if (strcmp(format, "\n") != 0)
		print_place();
	va_start(args, format);
	print_message(*format == '\n' ? "" : format, args);
	va_end(args);
	give_up(status);
}

void syntax_error(const char *format, ...)
{
	va_list args;

	current_line = input->line;
	print_place();
	fputs("Syntax error: ", stderr);
	va_start(args, format);
	print_message(format, args);
	va_end(args);
	give_up(2);
}

void exit_shell(int status)
{
	last_status = status;
	can_go_back = 0;
	run_exit_trap();
	fflush(stdout);
	_exit(last_status = status);
}

/* Whether nothing follows the command that was read. */
static int is_at_end(void)
{
	size_t n = 0;

	while (input->at + n < input->length && strchr(" \t\n", input->text[input->at + n]))
		n++;
	return input->fd < 0 && input->at + n >= input->length;
}

int run_input(int may_exit)
{
	int is_end = 0, status = last_status;

	while (!is_end && skip == NO_SKIP) {
		struct arena_mark mark = arena_mark();
		struct node *node = parse_command_line(&is_end);
		if (node)
			status = execute(node, may_exit && (is_end || is_at_end()) ? EXIT_AFTER : 0);
		arena_release(mark);
	}
	return status;
}

/* eval, trap and `.`: the tokens that the outer text has ahead wait. */
int run_text(const char *text, size_t length, int line)
{
	struct lexer_state state = save_lexer();
	struct input inner;
	int status;

	push_text(&inner, text, length, line);
	status = run_input(0);
	pop_input();
	restore_lexer(state);
	return status;
}

static int run_interactively(struct input *terminal)
{
	push_descriptor(terminal, 0);
	if (setjmp(prompt_again)) {
		while (input != terminal)
			pop_input();
		terminal->at = terminal->length;
		save_lexer();
		loop_depth = function_depth = 0;
		skip = NO_SKIP;
	}
	can_go_back = 1;
	run_input(0);
	fputc('\n', stderr);
	return last_status;
}

static int run_script(struct input *script, const char *path)
{
	char *text = NULL;
	size_t length = 0;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		fprintf(stderr, "%s: 0: cannot open %s: %s\n", shell_name, path, errno == ENOENT ? "No such file" : strerror(errno));
		return errno == ENOENT ? 2 : 126;
	}
	do {
		text = realloc(text, length + 4096);
		n = read(fd, text + length, 4096);
		if (n > 0)
			length += (size_t)n;
	} while (n > 0);
	close(fd);
	shell_name = (char *)path;
	push_text(script, text, length, 1);
	free(text);
	return run_input(1);
}

static void read_options(int argc, char **argv, int *at, int *has_command)
{
	for (; *at < argc && (argv[*at][0] == '-' || argv[*at][0] == '+') && argv[*at][1]; ++*at) {
		const char *letter;
		int value = argv[*at][0] == '-';
		if (strcmp(argv[*at], "--") == 0) {
			++*at;
			return;
		}
		for (letter = argv[*at] + 1; *letter; letter++) {
			switch (*letter) {
			case 'c': *has_command = 1; break;
			case 'e': exits_on_error = value; break;
			case 'f': no_globbing = value; break;
			case 'i': is_interactive = value; break;
			case 'u': complains_of_unset = value; break;
			case 'x': traces = value; break;
			case 's':
			case 'l':
			case 'm': break;
			default:
				fprintf(stderr, "%s: 0: Illegal option -%c\n", shell_name, *letter);
				exit(2);
			}
		}
	}
}

int main(int argc, char **argv)
{
	static struct input first;
	int at = 1, has_command = 0;
	char path[4096];

	shell_name = argc > 0 ? argv[0] : "sh";
	shell_pid = getpid();
	import_environment(environ);
	set_variable("IFS", " \t\n");
	set_variable("OPTIND", "1");
	set_variable("PS4", "+ ");
	if (getcwd(path, sizeof path))
		set_variable("PWD", path);
	if (!get_variable("PATH"))
		set_variable("PATH", "/bin:/usr/bin");
	read_options(argc, argv, &at, &has_command);
	if (has_command) {
		const char *command = at < argc ? argv[at++] : NULL;
		if (!command) {
			fprintf(stderr, "%s: 0: -c requires an argument\n", shell_name);
			return 2;
		}
		if (at < argc)
			shell_name = argv[at++];
		set_parameters(argv + at, argc - at);
		init_signals();
		push_text(&first, command, strlen(command), 1);
		exit_shell(run_input(1));
	}
	if (at < argc) {
		set_parameters(argv + at + 1, argc - at - 1);
		init_signals();
		exit_shell(run_script(&first, argv[at]));
	}
	set_parameters(argv + at, 0);
	is_interactive |= isatty(0) && isatty(2);
	init_signals();
	if (is_interactive)
		exit_shell(run_interactively(&first));
	push_descriptor(&first, 0);
	exit_shell(run_input(0));
}
