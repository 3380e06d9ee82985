// <regex.h>, <fnmatch.h>, <glob.h>, <search.h>, <sys/queue.h>, <spawn.h>, <ftw.h> and <threads.h>.
// expect: (a|ab)(c|bcd)(d*): 0-4 0-1 1-4 4-4
// expect: [0-9]{4}-[0-9]{2}: 3-10
// expect: ^b.*$ on its line: 2-4
// expect: no match: 1, bad: Unmatched ( or \(
// expect: fnmatch: 0 1 0 1 0
// expect: glob: globbed/a.c globbed/b.c, none: 1
// expect: walked: 3 files and 2 directories
// expect: hash: two, missing: 1
// expect: tree: 1 3 5 7 9, found 1
// expect: queue: 3 1 2
// expect: spawned: through dup2, status 0, not there: ENOENT
// expect: thread: 42
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <glob.h>
#include <regex.h>
#include <search.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

static void match(const char *label, const char *pattern, const char *text, int flags)
{
	regmatch_t matches[4];
	regex_t regex;
	int i;

	if (regcomp(&regex, pattern, REG_EXTENDED | flags) != 0 || regexec(&regex, text, 4, matches, 0) != 0) {
		printf("%s: none\n", label);
		return;
	}
	printf("%s:", label);
	for (i = 0; i < 4 && matches[i].rm_so >= 0; i++)
		printf(" %d-%d", (int)matches[i].rm_so, (int)matches[i].rm_eo);
	printf("\n");
	regfree(&regex);
}

static void patterns(void)
{
	regex_t regex;
	char text[64];
	int error, none;

	match("(a|ab)(c|bcd)(d*)", "(a|ab)(c|bcd)(d*)", "abcd", 0);
	match("[0-9]{4}-[0-9]{2}", "[0-9]{4}-[0-9]{2}", "on 2024-05.", 0);
	match("^b.*$ on its line", "^b.*$", "a\nbc\nd", REG_NEWLINE);
	regcomp(&regex, "x+", REG_EXTENDED | REG_NOSUB);
	none = regexec(&regex, "abc", 0, NULL, 0);
	regfree(&regex);
	error = regcomp(&regex, "(a", REG_EXTENDED);
	regerror(error, &regex, text, sizeof text);
	printf("no match: %d, bad: %s\n", none == REG_NOMATCH, text);
	printf("fnmatch: %d %d %d %d %d\n", fnmatch("*.[ch]", "a.c", 0), fnmatch("*.c", ".c", FNM_PERIOD), fnmatch("[!a-c]?", "xy", 0), fnmatch("a*b", "a/b", FNM_PATHNAME), fnmatch("A*", "abc", FNM_CASEFOLD));
}

static int files, directories;

static int count(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)path;
	(void)st;
	(void)where;
	if (type == FTW_F)
		files++;
	else if (type == FTW_D)
		directories++;
	return 0;
}

static void trees(void)
{
	static const char *const names[] = {"globbed/b.c", "globbed/a.c", "globbed/sub/c.h"};
	glob_t found;
	int i;

	mkdir("globbed", 0700);
	mkdir("globbed/sub", 0700);
	for (i = 0; i < 3; i++)
		close(open(names[i], O_CREAT | O_WRONLY, 0600));
	if (glob("globbed/*.c", 0, NULL, &found) == 0 && found.gl_pathc == 2)
		printf("glob: %s %s", found.gl_pathv[0], found.gl_pathv[1]);
	globfree(&found);
	printf(", none: %d\n", glob("globbed/*.z", 0, NULL, &found) == GLOB_NOMATCH);
	nftw("globbed", count, 10, FTW_PHYS);
	printf("walked: %d files and %d directories\n", files, directories);
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void print_node(const void *node, VISIT visit, int depth)
{
	(void)depth;
	if (visit == postorder || visit == leaf)
		printf(" %d", **(const int *const *)node);
}

struct item {
	int value;
	TAILQ_ENTRY(item) link;
};

static void tables(void)
{
	static int numbers[] = {5, 3, 9, 1, 7, 4};
	TAILQ_HEAD(items, item) items = TAILQ_HEAD_INITIALIZER(items);
	struct item list[3] = {{.value = 1}, {.value = 2}, {.value = 3}}, *item;
	ENTRY one = {"one", "eins"}, two = {"two", "two"}, *found;
	void *root = NULL;
	int i;

	hcreate(10);
	hsearch(one, ENTER);
	hsearch(two, ENTER);
	found = hsearch((ENTRY){"two", NULL}, FIND);
	printf("hash: %s, missing: %d\n", (char *)found->data, hsearch((ENTRY){"three", NULL}, FIND) == NULL);
	hdestroy();
	for (i = 0; i < 6; i++)
		tsearch(&numbers[i], &root, compare);
	tdelete(&numbers[5], &root, compare);
	printf("tree:");
	twalk(root, print_node);
	printf(", found %d\n", tfind(&numbers[3], &root, compare) != NULL);
	TAILQ_INSERT_TAIL(&items, &list[0], link);
	TAILQ_INSERT_TAIL(&items, &list[1], link);
	TAILQ_INSERT_HEAD(&items, &list[2], link);
	printf("queue:");
	TAILQ_FOREACH(item, &items, link)
		printf(" %d", item->value);
	printf("\n");
}

static void spawn(void)
{
	char *argv[] = {"echo", "through dup2", NULL}, *envp[] = {NULL}, text[32] = "";
	posix_spawn_file_actions_t actions;
	int fds[2], status, error;
	pid_t pid;
	ssize_t n;

	if (pipe(fds) < 0)
		return;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], 1);
	posix_spawn_file_actions_addclose(&actions, fds[0]);
	posix_spawnp(&pid, "echo", &actions, NULL, argv, envp);
	posix_spawn_file_actions_destroy(&actions);
	waitpid(pid, &status, 0);
	n = read(fds[0], text, sizeof text - 1);
	error = posix_spawn(&pid, "/no/such/program", NULL, NULL, argv, envp);
	printf("spawned: %.*s, status %d, not there: %s\n", (int)n - 1, text, status, error == ENOENT ? "ENOENT" : "other");
}

static int answer(void *arg)
{
	return *(int *)arg;
}

int main(void)
{
	int value = 42, result = 0;
	thrd_t thread;

	patterns();
	trees();
	tables();
	spawn();
	if (thrd_create(&thread, answer, &value) == thrd_success)
		thrd_join(thread, &result);
	printf("thread: %d\n", result);
	return 0;
}
