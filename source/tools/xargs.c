/* xargs(1) with -n, -I and -r: words of standard input become arguments. */
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ARGUMENTS 1024

static char *command[MOST_ARGUMENTS + 1];
static int fixed_count, status;

/* 123 if a command fails, 124 if it says 255, 125 if it is killed, 126 and 127 if it can't be run. */
static void run(void)
{
	int result;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		execvp(command[0], command);
		complain(errno, "%s", command[0]);
		_exit(errno == ENOENT ? 127 : 126);
	}
	if (pid < 0) {
		complain(errno, "cannot fork");
		exit(1);
	}
	waitpid(pid, &result, 0);
	if (WIFSIGNALED(result)) {
		complain(0, "%s: terminated by signal %d", command[0], WTERMSIG(result));
		exit(125);
	}
	if (WEXITSTATUS(result) == 255) {
		complain(0, "%s: exited with status 255; aborting", command[0]);
		exit(124);
	}
	if (WEXITSTATUS(result) >= 126)
		exit(WEXITSTATUS(result));
	if (WEXITSTATUS(result) != 0)
		status = 123;
}

/* The next word, quotes resolved, or NULL at the end. */
static char *read_word(void)
{
	char *word = NULL;
	size_t length = 0, capacity = 0;
	int c, quote = 0, seen = 0;

	while ((c = getchar()) != EOF) {
		if (!quote && isspace(c)) {
			if (seen)
				break;
			continue;
		}
		seen = 1;
		if (quote ? c == quote : c == '"' || c == '\'') {
			quote = quote ? 0 : c;
			continue;
		}
		if (!quote && c == '\\')
			c = getchar();
		if (length + 2 > capacity) {
			capacity = capacity * 2 + 32;
			word = realloc(word, capacity);
		}
		word[length++] = (char)c;
	}
	if (!seen)
		return NULL;
	if (!word)
		word = malloc(1);
	word[length] = 0;
	return word;
}

static char *replace_all(const char *text, const char *from, const char *to)
{
	size_t length = 0, from_length = strlen(from), to_length = strlen(to);
	char *result = malloc(strlen(text) * (to_length + 1) + 1);

	while (*text) {
		if (strncmp(text, from, from_length) == 0) {
			memcpy(result + length, to, to_length);
			length += to_length;
			text += from_length;
		} else {
			result[length++] = *text++;
		}
	}
	result[length] = 0;
	return result;
}

static void run_for_each_line(const char *mark)
{
	char *templates[MOST_ARGUMENTS + 1], *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	int i;

	memcpy(templates, command, sizeof templates);
	while ((length = getline(&line, &capacity, stdin)) > 0) {
		char *start = line;
		if (line[length - 1] == '\n')
			line[length - 1] = 0;
		while (isblank((unsigned char)*start))
			start++;
		if (!*start)
			continue;
		for (i = 0; i < fixed_count; i++)
			command[i] = replace_all(templates[i], mark, start);
		run();
	}
}

int main(int argc, char **argv)
{
	long most = MOST_ARGUMENTS;
	int option, only_with_input = 0, count = 0, runs = 0, i;
	const char *mark = NULL;
	char *word;

	tool_name = "xargs";
	while ((option = getopt(argc, argv, "+n:I:r")) != -1) {
		if (option == 'r')
			only_with_input = 1;
		else if (option == 'I')
			mark = optarg;
		else if (option == '?' || !parse_number(optarg, &most) || most < 1)
			usage_exit(1);
	}
	for (i = optind; i < argc && fixed_count < MOST_ARGUMENTS / 2; i++)
		command[fixed_count++] = argv[i];
	if (fixed_count == 0)
		command[fixed_count++] = "echo";
	if (mark) {
		run_for_each_line(mark);
		return status;
	}
	while ((word = read_word()) != NULL) {
		command[fixed_count + count++] = word;
		if (count < most && fixed_count + count < MOST_ARGUMENTS)
			continue;
		command[fixed_count + count] = NULL;
		run();
		runs++;
		count = 0;
	}
	if (count > 0 || (runs == 0 && !only_with_input)) {
		command[fixed_count + count] = NULL;
		run();
	}
	return status;
}
