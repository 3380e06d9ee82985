/* Walking the tree. */
#include "sh.h"
#include "../shared/tool.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int shell_pid, last_status, current_line = 1, in_subshell, loop_depth, function_depth;
int exits_on_error, traces, no_globbing, complains_of_unset;
enum skip skip;
int skip_count;

struct function {
	char *name;
	struct node *body;
	struct function *next;
};
static struct function *functions;

struct function *find_function(const char *name)
{
	struct function *function;

	for (function = functions; function; function = function->next) {
		if (function->body && strcmp(function->name, name) == 0)
			return function;
	}
	return NULL;
}

void unset_function(const char *name)
{
	struct function *function = find_function(name);

	if (function)
		function->body = NULL;
}

static void define_function(struct node *node)
{
	struct function *function = find_function(node->name);

	if (!function) {
		function = calloc(1, sizeof *function);
		function->name = strdup(node->name);
		function->next = functions;
		functions = function;
	}
	function->body = node->first;
	arena_keep();
}

int find_program(const char *name, char *path)
{
	const char *at = get_variable("PATH"), *end;
	struct stat st;

	if (strchr(name, '/')) {
		snprintf(path, PATH_MAX, "%s", name);
		return access(path, X_OK) == 0;
	}
	for (; at; at = *end ? end + 1 : NULL) {
		end = strchrnul(at, ':');
		snprintf(path, PATH_MAX, "%.*s%s%s", (int)(end - at), at, end > at ? "/" : "", name);
		if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0)
			return 1;
	}
	return 0;
}

/* A file that is no program is a script. */
static void execute_file(const char *path, char **argv, char **environment)
{
	char **script;
	int count = 0;

	execve(path, argv, environment);
	if (errno != ENOEXEC)
		return;
	while (argv[count])
		count++;
	script = arena_allocate(((size_t)count + 2) * sizeof *script);
	script[0] = "sh";
	script[1] = (char *)path;
	memcpy(script + 2, argv + 1, (size_t)count * sizeof *script);
	execve("/bin/sh", script, environment);
}

void execute_program(char **argv, const char *place)
{
	const char *at = get_variable("PATH"), *end;
	char **environment = make_environment();
	int error = ENOENT;

	if (strchr(argv[0], '/')) {
		execute_file(argv[0], argv, environment);
		error = errno;
		at = NULL;
	}
	for (; at; at = *end ? end + 1 : NULL) {
		char path[PATH_MAX];
		end = strchrnul(at, ':');
		snprintf(path, sizeof path, "%.*s%s%s", (int)(end - at), at, end > at ? "/" : "", argv[0]);
		execute_file(path, argv, environment);
		if (errno != ENOENT && errno != ENOTDIR)
			error = errno;
	}
	if (error == ENOENT || error == ENOTDIR)
		warn("%s%s: %s", place, argv[0], strchr(argv[0], '/') && error == ENOTDIR ? strerror(error) : "not found");
	else
		warn("%s%s: %s", place, argv[0], strerror(error));
	exit(error == ENOENT || error == ENOTDIR ? 127 : 126);
}

char *capture_output(struct node *node)
{
	char *text = malloc(1);
	size_t length = 0;
	int fds[2];
	ssize_t n;
	struct job *job;

	if (!node) {
		*text = 0;
		last_status = 0;
		return text;
	}
	if (pipe(fds) < 0)
		fail(2, "Pipe call failed");
	job = create_job(1, "", 0);
	if (fork_for(job) == 0) {
		close(fds[0]);
		if (fds[1] != 1) {
			dup2(fds[1], 1);
			close(fds[1]);
		}
		exit_shell(execute(node, EXIT_AFTER));
	}
	close(fds[1]);
	do {
		text = realloc(text, length + 1025);
		n = read(fds[0], text + length, 1024);
		if (n > 0)
			length += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	close(fds[0]);
	text[length] = 0;
	text = realloc(text, strlen(text) + 1);
	last_status = wait_for_job(job);
	return text;
}

static void trace(struct word *assignments, char **argv)
{
	const char *prefix = get_variable("PS4");

	fputs(prefix ? prefix : "+ ", stderr);
	for (; assignments; assignments = assignments->next)
		fprintf(stderr, "%s%s", assignments->text, assignments->next || *argv ? " " : "");
	for (; *argv; argv++)
		fprintf(stderr, "%s%s", *argv, argv[1] ? " " : "");
	fputc('\n', stderr);
}

static int call_function(struct function *function, int argc, char **argv)
{
	struct saved_variable *locals = begin_locals();
	char **old_parameters = parameters;
	int old_count = parameter_count, old_depth = loop_depth, status;

	if (function_depth >= 1000)
		fail(2, "Maximum function recursion depth (1000) reached");
	set_parameters(argv + 1, argc - 1);
	loop_depth = 0;
	function_depth++;
	status = execute(function->body, 0);
	function_depth--;
	loop_depth = old_depth;
	if (skip == SKIP_RETURN)
		skip = NO_SKIP;
	parameters = old_parameters;
	parameter_count = old_count;
	end_locals(locals);
	return status;
}

static char **to_vector(struct word *words, int *count)
{
	struct word *word;
	char **argv;

	*count = 0;
	for (word = words; word; word = word->next)
		++*count;
	argv = arena_allocate(((size_t)*count + 2) * sizeof *argv);
	for (*count = 0; words; words = words->next)
		argv[(*count)++] = words->text;
	return argv;
}

/* The assignments with their values expanded: "NAME=value". */
static struct word *expand_assignments(struct word *words)
{
	struct word *result = NULL, **tail = &result;

	for (; words; words = words->next) {
		size_t length = name_length(words->text) + 1;
		char *value = expand_to_string(words->text + length), *text = arena_allocate(length + strlen(value) + 1);
		memcpy(text, words->text, length);
		strcpy(text + length, value);
		*tail = arena_allocate(sizeof **tail);
		(*tail)->text = text;
		tail = &(*tail)->next;
	}
	return result;
}

static void apply_assignments(struct word *words, int are_exported, int are_kept)
{
	for (; words; words = words->next) {
		char *name = arena_copy(words->text, name_length(words->text));
		if (!are_kept)
			save_variable(name);
		assign(words->text);
		if (are_exported)
			export_variable(name);
	}
}

/* A builtin or a function, in this process. */
static int run_inside(struct node *node, struct word *assignments, builtin *command, int is_special, int argc, char **argv)
{
	struct saved_descriptor *saved = NULL;
	struct saved_variable *locals = begin_locals();
	char place[256];
	int is_exec = is_special && strcmp(argv[0], "exec") == 0, status;

	if (redirect(node->redirections, is_exec ? NULL : &saved) < 0) {
		undo_redirections(saved);
		if (is_special && !is_interactive)
			exit_shell(2);
		return 2;
	}
	apply_assignments(assignments, !is_special || is_exec, is_special);
	snprintf(place, sizeof place, "%s: %d: %s", shell_name, current_line, argv[0]);
	tool_name = place; /* For complaints of the commands that /bin has too. */
	status = command ? command(argc, argv) : call_function(find_function(argv[0]), argc, argv);
	fflush(stdout);
	if (ferror(stdout)) {
		if (errno != EPIPE)
			warn("%s: I/O error", argv[0]);
		clearerr(stdout);
		status = 2;
	}
	if (assignments && !is_special)
		end_locals(locals);
	undo_redirections(saved);
	return status;
}

/* A program. Its redirections are made before the fork, as dash does: the message about its death goes there too. */
static int run_outside(struct node *node, struct word *assignments, char **argv, int flags)
{
	struct saved_descriptor *saved = NULL;
	int may_replace = (flags & EXIT_AFTER) && !has_traps();

	if (redirect(node->redirections, may_replace ? NULL : &saved) < 0) {
		undo_redirections(saved);
		return 2;
	}
	if (!may_replace) {
		struct job *job = create_job(1, node->name, 0);
		if (fork_for(job) > 0) {
			int status = wait_for_job(job);
			undo_redirections(saved);
			return status;
		}
	}
	apply_assignments(assignments, 1, 1);
	execute_program(argv, "");
}

/* The arguments of export and its like that look like assignments are expanded like them: not split. */
static int declares(const struct word *words)
{
	return words && (strcmp(words->text, "export") == 0 || strcmp(words->text, "readonly") == 0 || strcmp(words->text, "local") == 0);
}

static struct word *expand_declarations(struct word *words)
{
	struct word *result = NULL, **tail = &result;

	for (; words; words = words->next) {
		size_t length = name_length(words->text);
		struct word one = {words->text, NULL};
		if (length > 0 && words->text[length] == '=')
			*tail = expand_assignments(&one);
		else
			*tail = expand_to_fields(&one);
		while (*tail)
			tail = &(*tail)->next;
	}
	return result;
}

static int execute_simple(struct node *node, int flags)
{
	struct arena_mark mark = arena_mark();
	struct word *assignments;
	builtin *command;
	int argc, is_special = 0, status;
	char **argv;

	current_line = node->line;
	last_status = node->words ? last_status : 0;
	argv = to_vector(declares(node->words) ? expand_declarations(node->words) : expand_to_fields(node->words), &argc);
	assignments = expand_assignments(node->assignments);
	if (traces)
		trace(assignments, argv);
	if (argc == 0) {
		struct saved_descriptor *saved = NULL;
		status = node->words ? 0 : last_status; /* That of a command substitution. */
		apply_assignments(assignments, 0, 1);
		if (redirect(node->redirections, &saved) < 0)
			status = 2;
		undo_redirections(saved);
	} else {
		command = find_builtin(argv[0], &is_special);
		if (find_function(argv[0]) && !is_special)
			status = run_inside(node, assignments, NULL, 0, argc, argv);
		else if (command)
			status = run_inside(node, assignments, command, is_special, argc, argv);
		else
			status = run_outside(node, assignments, argv, flags);
	}
	arena_release(mark);
	return status;
}

static int execute_pipeline(struct node *node)
{
	struct job *job;
	struct node *element;
	int count = 0, before = -1, fds[2] = {-1, -1};

	for (element = node->first; element; element = element->next)
		count++;
	job = create_job(count, node->name, 0);
	for (element = node->first; element; element = element->next) {
		if (element->next && pipe(fds) < 0)
			fail(2, "Pipe call failed");
		if (fork_for(job) == 0) {
			if (before >= 0) {
				dup2(before, 0);
				close(before);
			}
			if (element->next) {
				close(fds[0]);
				if (fds[1] != 1) {
					dup2(fds[1], 1);
					close(fds[1]);
				}
			}
			exit_shell(execute(element, EXIT_AFTER));
		}
		if (before >= 0)
			close(before);
		if (element->next)
			close(fds[1]);
		before = fds[0];
	}
	return wait_for_job(job);
}

static int execute_background(struct node *node)
{
	struct job *job = create_job(1, node->name, 1);
	pid_t pid = fork_for(job);

	if (pid == 0) {
		if (!isatty(0) || in_subshell) {
			int fd = open("/dev/null", O_RDONLY);
			if (fd >= 0) {
				dup2(fd, 0);
				if (fd > 0)
					close(fd);
			}
		}
		exit_shell(execute(node->first, EXIT_AFTER));
	}
	last_background = pid;
	return 0;
}

static int execute_subshell(struct node *node, int flags)
{
	if (!(flags & EXIT_AFTER) || has_traps()) {
		struct job *job = create_job(1, node->name, 0);
		if (fork_for(job) > 0)
			return wait_for_job(job);
	}
	if (redirect(node->redirections, NULL) < 0)
		exit_shell(2);
	exit_shell(execute(node->first, EXIT_AFTER));
}

/* After the body of a loop: whether the loop goes on. */
static int goes_on(void)
{
	if (skip == NO_SKIP)
		return 1;
	if (skip == SKIP_RETURN)
		return 0;
	if (--skip_count > 0)
		return 0; /* Meant for a loop around this one. */
	if (skip == SKIP_CONTINUE) {
		skip = NO_SKIP;
		return 1;
	}
	skip = NO_SKIP;
	return 0;
}

static int execute_while(struct node *node)
{
	int status = 0;

	loop_depth++;
	for (;;) {
		int condition = execute(node->first, IS_TESTED);
		if (skip != NO_SKIP) {
			if (skip == SKIP_RETURN)
				status = condition;
			if (goes_on())
				continue;
			break;
		}
		if ((condition == 0) != (node->kind == WHILE))
			break;
		status = execute(node->second, 0);
		if (!goes_on())
			break;
	}
	loop_depth--;
	return status;
}

static int execute_for(struct node *node)
{
	struct word all = {"\"$@\"", NULL}, *word = expand_to_fields(node->has_words ? node->words : &all);
	int status = 0;

	loop_depth++;
	for (; word; word = word->next) {
		set_variable(node->name, word->text);
		status = execute(node->second, 0);
		if (!goes_on())
			break;
	}
	loop_depth--;
	return status;
}

static int execute_case(struct node *node, int flags)
{
	const char *subject = expand_to_string(node->name);
	struct case_item *item;
	struct word *pattern;

	for (item = node->items; item; item = item->next) {
		for (pattern = item->patterns; pattern; pattern = pattern->next) {
			if (matches_pattern(expand_to_pattern(pattern->text), subject, strlen(subject)))
				return item->body ? execute(item->body, flags) : 0;
		}
	}
	return 0;
}

static int execute_kind(struct node *node, int flags);

/* Compound commands with redirections of their own. */
static int execute_redirected(struct node *node, int flags)
{
	struct saved_descriptor *saved = NULL;
	struct arena_mark mark = arena_mark();
	int status = 2;

	if (redirect(node->redirections, &saved) == 0)
		status = execute_kind(node, flags & ~EXIT_AFTER);
	fflush(stdout);
	undo_redirections(saved);
	arena_release(mark);
	return status;
}

static int execute_kind(struct node *node, int flags)
{
	int tested = flags | IS_TESTED, status;

	switch (node->kind) {
	case SIMPLE: return execute_simple(node, flags);
	case PIPELINE: return execute_pipeline(node);
	case AND:
	case OR:
		status = execute(node->first, tested & ~EXIT_AFTER);
		if (skip != NO_SKIP || (status == 0) != (node->kind == AND))
			return status;
		return execute(node->second, flags);
	case SEQUENCE:
		status = execute(node->first, flags & ~EXIT_AFTER);
		return skip != NO_SKIP ? status : execute(node->second, flags);
	case BACKGROUND: return execute_background(node);
	case NOT: return !execute(node->first, tested & ~EXIT_AFTER);
	case SUBSHELL: return execute_subshell(node, flags);
	case GROUP: return node->first ? execute(node->first, flags) : 0;
	case IF:
		status = execute(node->first, tested & ~EXIT_AFTER);
		if (skip != NO_SKIP)
			return status;
		if (status == 0)
			return node->second ? execute(node->second, flags) : 0;
		return node->third ? execute(node->third, flags) : 0;
	case WHILE:
	case UNTIL: return execute_while(node);
	case FOR: return execute_for(node);
	case CASE: return execute_case(node, flags);
	case FUNCTION: define_function(node); return 0;
	}
	return 0;
}

int execute(struct node *node, int flags)
{
	int status;

	if (!node)
		return last_status;
	if (node->redirections && node->kind != SIMPLE && node->kind != SUBSHELL)
		status = execute_redirected(node, flags);
	else
		status = execute_kind(node, flags);
	last_status = status;
	run_traps();
	if (exits_on_error && status != 0 && !(flags & IS_TESTED) && skip == NO_SKIP &&
	    (node->kind == SIMPLE || node->kind == PIPELINE || node->kind == SUBSHELL))
		exit_shell(status);
	return last_status = status;
}
