/* Commands that the shell does itself, POSIX 2.14 and those that dash has for speed. */
#include "sh.h"
#include "../shared/escape.h"
#include "../shared/evaluate-test.h"
#include "../shared/kill-processes.h"
#include "../shared/print-formatted.h"
#include "../shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A number that must be one, or the end of the command. */
static int number(const char *command, const char *text)
{
	if (!*text || strspn(text, "0123456789") != strlen(text))
		fail(2, "%s: Illegal number: %s", command, text);
	return atoi(text);
}

static int colon_command(int argc, char **argv)
{
	(void)argc;
	return strcmp(argv[0], "false") == 0;
}

static int cd_command(int argc, char **argv)
{
	const char *target = argc > 1 ? argv[1] : get_variable("HOME"), *old = get_variable("PWD");
	char path[PATH_MAX];
	int prints = target && strcmp(target, "-") == 0;

	if (prints)
		target = get_variable("OLDPWD");
	if (!target || !*target)
		return 0;
	if (chdir(target) < 0) {
		warn("cd: can't cd to %s", target);
		return 2;
	}
	if (old)
		set_variable("OLDPWD", old);
	if (getcwd(path, sizeof path)) {
		set_variable("PWD", path);
		if (prints)
			puts(path);
	}
	return 0;
}

static int pwd_command(int argc, char **argv)
{
	char path[PATH_MAX];

	(void)argc;
	if (!getcwd(path, sizeof path)) {
		warn("%s: %s", argv[0], strerror(errno));
		return 1;
	}
	puts(path);
	return 0;
}

static int echo_command(int argc, char **argv)
{
	int newline = 1, i = 1;

	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		newline = 0;
		i++;
	}
	for (; i < argc; i++) {
		if (put_escaped(argv[i]))
			return 0;
		if (i + 1 < argc)
			putchar(' ');
	}
	if (newline)
		putchar('\n');
	return 0;
}

static int printf_command(int argc, char **argv)
{
	if (argc < 2) {
		warn("printf: usage: printf format [arg ...]");
		return 2;
	}
	return print_formatted(argv[1], argv + 2);
}

static int test_command(int argc, char **argv)
{
	if (argv[0][0] == '[') {
		if (strcmp(argv[argc - 1], "]") != 0) {
			warn("[: missing ]");
			return 2;
		}
		argc--;
	}
	return evaluate_test(argc - 1, argv + 1);
}

static int kill_command(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		if (argv[i][0] == '%') {
			char *text = arena_allocate(16);
			pid_t pid = job_pid(argv[i]);
			if (pid == 0) {
				warn("kill: No such job: %s", argv[i]);
				return 2;
			}
			sprintf(text, "%d", (int)pid);
			argv[i] = text;
		}
	}
	return kill_processes(argc, argv);
}

static int exit_command(int argc, char **argv)
{
	exit_shell(argc > 1 ? number(argv[0], argv[1]) & 255 : last_status);
}

static int return_command(int argc, char **argv)
{
	skip = SKIP_RETURN;
	return argc > 1 ? number(argv[0], argv[1]) & 255 : last_status;
}

static int break_command(int argc, char **argv)
{
	int count = argc > 1 ? number(argv[0], argv[1]) : 1;

	if (count < 1)
		fail(2, "%s: Illegal number: %s", argv[0], argv[1]);
	if (loop_depth == 0)
		return 0;
	skip = argv[0][0] == 'b' ? SKIP_BREAK : SKIP_CONTINUE;
	skip_count = count < loop_depth ? count : loop_depth;
	return 0;
}

/* export, readonly and local: NAME or NAME=value */
static int export_command(int argc, char **argv)
{
	int is_export = argv[0][0] == 'e', i = 1;

	if (i < argc && strcmp(argv[i], "-p") == 0)
		i++;
	if (i >= argc)
		list_variables(is_export ? "export " : "readonly ", is_export, !is_export);
	for (; i < argc; i++) {
		size_t length = name_length(argv[i]);
		char *name = arena_copy(argv[i], length);
		if (length == 0 || (argv[i][length] && argv[i][length] != '='))
			fail(2, "%s: %.*s: bad variable name", argv[0], (int)strcspn(argv[i], "="), argv[i]);
		if (argv[i][length])
			assign(argv[i]);
		if (is_export)
			export_variable(name);
		else
			protect_variable(name);
	}
	return 0;
}

static int local_command(int argc, char **argv)
{
	int i;

	if (function_depth == 0)
		fail(2, "local: not in a function");
	for (i = 1; i < argc; i++) {
		size_t length = name_length(argv[i]);
		save_variable(arena_copy(argv[i], length));
		if (argv[i][length] == '=')
			assign(argv[i]);
	}
	return 0;
}

static int unset_command(int argc, char **argv)
{
	int i = 1, functions = 0, status = 0;

	for (; i < argc && argv[i][0] == '-'; i++)
		functions = argv[i][1] == 'f';
	for (; i < argc; i++) {
		if (name_length(argv[i]) != strlen(argv[i]))
			fail(2, "unset: %s: bad variable name", argv[i]);
		if (functions)
			unset_function(argv[i]);
		else
			status |= unset_variable(argv[i]);
	}
	return status;
}

static int *flag_of(int letter)
{
	switch (letter) {
	case 'e': return &exits_on_error;
	case 'x': return &traces;
	case 'f': return &no_globbing;
	case 'u': return &complains_of_unset;
	}
	return NULL;
}

static int set_command(int argc, char **argv)
{
	int i = 1;
	const char *letter;

	if (argc == 1) {
		list_variables("", 0, 0);
		return 0;
	}
	for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
		if (strcmp(argv[i], "--") == 0) {
			set_parameters(argv + i + 1, argc - i - 1);
			return 0;
		}
		for (letter = argv[i] + 1; *letter; letter++) {
			int *flag = flag_of(*letter);
			if (flag)
				*flag = argv[i][0] == '-';
			else if (!strchr("mbhoCv", *letter))
				fail(2, "set: Illegal option -%c", *letter);
		}
	}
	if (i < argc)
		set_parameters(argv + i, argc - i);
	return 0;
}

static int shift_command(int argc, char **argv)
{
	int count = argc > 1 ? number(argv[0], argv[1]) : 1;

	if (count > parameter_count)
		fail(2, "shift: can't shift that many");
	parameters += count;
	parameter_count -= count;
	return 0;
}

static int eval_command(int argc, char **argv)
{
	size_t length = 0;
	char *text;
	int i;

	for (i = 1; i < argc; i++)
		length += strlen(argv[i]) + 1;
	if (length == 0)
		return 0;
	text = arena_allocate(length + 1);
	for (i = 1; i < argc; i++) {
		strcat(text, argv[i]);
		if (i + 1 < argc)
			strcat(text, " ");
	}
	last_status = 0;
	return run_text(text, strlen(text), current_line);
}

/* . FILE */
static int dot_command(int argc, char **argv)
{
	char path[PATH_MAX], *text = NULL;
	size_t length = 0;
	ssize_t n;
	int fd, status;

	if (argc < 2)
		return 0;
	snprintf(path, sizeof path, "%s", argv[1]);
	if (!strchr(argv[1], '/') && access(path, R_OK) < 0 && !find_program(argv[1], path))
		fail(2, "%s: %s: not found", argv[0], argv[1]);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail(2, "%s: cannot open %s: %s", argv[0], argv[1], errno == ENOENT ? "No such file" : strerror(errno));
	do {
		text = realloc(text, length + 4096);
		n = read(fd, text + length, 4096);
		if (n > 0)
			length += (size_t)n;
	} while (n > 0);
	close(fd);
	last_status = 0;
	status = run_text(text, length, 1);
	free(text);
	if (skip == SKIP_RETURN)
		skip = NO_SKIP;
	return status;
}

static int exec_command(int argc, char **argv)
{
	if (argc > 1)
		execute_program(argv + 1, "exec: ");
	return 0;
}

static int umask_command(int argc, char **argv)
{
	mode_t mask = umask(0);

	umask(mask);
	if (argc < 2)
		printf("%04o\n", (unsigned)mask);
	else
		umask((mode_t)strtol(argv[1], NULL, 8));
	return 0;
}

static int is_separator(int c, int only_blank)
{
	const char *separators = get_variable("IFS");

	return c && strchr(separators ? separators : " \t\n", c) && (!only_blank || strchr(" \t\n", c));
}

/* Takes the next field off `*at`; the last variable gets the rest. Characters behind a backslash carry a mark. */
static char *take_field(char **at, char **marks, int is_last)
{
	char *start, *end;

	while (is_separator(**at, 1) && !**marks) {
		++*at;
		++*marks;
	}
	start = end = *at;
	while (**at && (is_last || **marks || !is_separator(**at, 0))) {
		++*at;
		++*marks;
		end = *at;
	}
	if (is_last) {
		while (end > start && is_separator(end[-1], 1) && !(*marks)[end - 1 - *at])
			end--;
	} else {
		while (is_separator(**at, 1)) {
			++*at;
			++*marks;
		}
		if (**at && is_separator(**at, 0) && !is_separator(**at, 1)) {
			++*at;
			++*marks;
		}
	}
	return arena_copy(start, (size_t)(end - start));
}

/* One line, byte by byte: the rest belongs to whoever reads next. */
static int read_line(char **line, char **marks, int is_raw)
{
	size_t length = 0, capacity = 0;
	int escaped = 0;

	for (;;) {
		char c;
		ssize_t n;
		if (length + 1 >= capacity) {
			capacity = capacity * 2 + 128;
			*line = realloc(*line, capacity);
			*marks = realloc(*marks, capacity);
		}
		(*line)[length] = (*marks)[length] = 0;
		n = read(0, &c, 1);
		if (n < 0 && errno == EINTR && !has_pending_trap() && !was_interrupted)
			continue;
		if (n <= 0)
			return 1;
		if (escaped) {
			escaped = 0;
			if (c == '\n')
				continue;
		} else if (c == '\\' && !is_raw) {
			escaped = 1;
			continue;
		} else if (c == '\n') {
			return 0;
		}
		if (!c)
			continue;
		(*line)[length] = c;
		(*marks)[length++] = 0;
	}
}

static int read_command(int argc, char **argv)
{
	int i = 1, is_raw = 0, status;
	char *line = NULL, *marks = NULL, *at, *mark_at;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		is_raw |= strchr(argv[i], 'r') != NULL;
		if (strchr(argv[i], 'p') && i + 1 < argc) {
			fputs(argv[++i], stderr);
			fflush(stderr);
		}
	}
	if (i >= argc)
		fail(2, "read: arg count");
	fflush(stdout);
	status = read_line(&line, &marks, is_raw);
	at = line;
	mark_at = marks;
	for (; i < argc; i++)
		set_variable(argv[i], take_field(&at, &mark_at, i + 1 == argc));
	free(line);
	free(marks);
	return status;
}

static int command_command(int argc, char **argv);

/* What a name means: for `command -v` and type. */
static int describe(const char *name, int is_long)
{
	char path[PATH_MAX];
	int is_special;

	if (find_function(name))
		printf(is_long ? "%s is a shell function\n" : "%s\n", name);
	else if (find_builtin(name, &is_special))
		printf(is_long ? (is_special ? "%s is a special shell builtin\n" : "%s is a shell builtin\n") : "%s\n", name);
	else if (find_program(name, path))
		printf(is_long ? "%s is %s\n" : "%.0s%s\n", name, path);
	else {
		if (is_long)
			printf("%s: not found\n", name);
		return 127;
	}
	return 0;
}

static int type_command(int argc, char **argv)
{
	int status = 0, i;

	for (i = 1; i < argc; i++)
		status |= describe(argv[i], 1);
	return status;
}

static int getopts_command(int argc, char **argv)
{
	static int inner = 1;
	const char *text = get_variable("OPTIND"), *option, *letter;
	int index = text ? atoi(text) : 1, count = argc > 3 ? argc - 3 : parameter_count;
	char **list = argc > 3 ? argv + 3 : parameters, value[2] = "?", next[16];

	if (argc < 3)
		fail(2, "Usage: getopts optstring var [arg]");
	if (index < 1)
		index = inner = 1;
	option = index <= count ? list[index - 1] : NULL;
	if (inner == 1 && (!option || option[0] != '-' || !option[1] || strcmp(option, "--") == 0)) {
		if (option && strcmp(option, "--") == 0)
			index++;
		sprintf(next, "%d", index);
		set_variable("OPTIND", next);
		set_variable(argv[2], "?");
		return 1;
	}
	letter = strchr(argv[1], option[inner]);
	value[0] = option[inner++];
	unset_variable("OPTARG");
	if (!letter || *letter == ':') {
		if (argv[1][0] == ':')
			set_variable("OPTARG", value);
		else
			fprintf(stderr, "Illegal option -%s\n", value);
		value[0] = '?';
	} else if (letter[1] == ':') {
		if (option[inner]) {
			set_variable("OPTARG", option + inner);
		} else if (index < count) {
			set_variable("OPTARG", list[index++]);
		} else if (argv[1][0] == ':') {
			set_variable("OPTARG", value);
			value[0] = ':';
		} else {
			fprintf(stderr, "No arg for -%s option\n", value);
			value[0] = '?';
		}
		while (option[inner])
			inner++;
	}
	if (!option[inner]) {
		inner = 1;
		index++;
	}
	sprintf(next, "%d", index);
	set_variable("OPTIND", next);
	set_variable(argv[2], value);
	return 0;
}

static const struct {
	const char *name;
	builtin *run;
	int is_special;
} builtins[] = {
	{":", colon_command, 1}, {".", dot_command, 1}, {"break", break_command, 1}, {"continue", break_command, 1},
	{"eval", eval_command, 1}, {"exec", exec_command, 1}, {"exit", exit_command, 1}, {"export", export_command, 1},
	{"readonly", export_command, 1}, {"return", return_command, 1}, {"set", set_command, 1}, {"shift", shift_command, 1},
	{"trap", trap_command, 1}, {"unset", unset_command, 1}, {"[", test_command, 0}, {"bg", resume_command, 0},
	{"cd", cd_command, 0}, {"command", command_command, 0}, {"echo", echo_command, 0}, {"false", colon_command, 0},
	{"fg", resume_command, 0}, {"getopts", getopts_command, 0}, {"jobs", jobs_command, 0}, {"kill", kill_command, 0},
	{"local", local_command, 0}, {"printf", printf_command, 0}, {"pwd", pwd_command, 0}, {"read", read_command, 0},
	{"test", test_command, 0}, {"true", colon_command, 0}, {"type", type_command, 0}, {"umask", umask_command, 0},
	{"wait", wait_command, 0},
};

builtin *find_builtin(const char *name, int *is_special)
{
	size_t i;

	for (i = 0; i < sizeof builtins / sizeof *builtins; i++) {
		if (strcmp(builtins[i].name, name) == 0) {
			*is_special = builtins[i].is_special;
			return builtins[i].run;
		}
	}
	return NULL;
}

/* command NAME…: no function; command -v NAME: what it means. */
static int command_command(int argc, char **argv)
{
	int is_special, status = 0, i;
	builtin *run;

	if (argc > 1 && (strcmp(argv[1], "-v") == 0 || strcmp(argv[1], "-V") == 0)) {
		for (i = 2; i < argc; i++)
			status = describe(argv[i], argv[1][1] == 'V');
		return status;
	}
	if (argc > 1 && strcmp(argv[1], "-p") == 0) {
		argv++;
		argc--;
	}
	if (argc < 2)
		return 0;
	run = find_builtin(argv[1], &is_special);
	if (run)
		return run(argc - 1, argv + 1);
	{
		struct job *job = create_job(1, argv[1], 0);
		if (fork_for(job) > 0)
			return wait_for_job(job);
		execute_program(argv + 1, "");
	}
}
