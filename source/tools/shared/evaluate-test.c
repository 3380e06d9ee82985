/* The expressions of test(1): or = and { -o and }; and = not { -a not }; not = [!] primary. */
#include "evaluate-test.h"
#include "tool.h"
#include <ctype.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char **arguments;
static int count, at;
static jmp_buf failure;

static void fail(const char *text, const char *message)
{
	if (text)
		complain(0, "%s: %s", text, message);
	else
		complain(0, "%s", message);
	longjmp(failure, 1);
}

static long number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	while (isspace((unsigned char)*end))
		end++;
	if (*end || end == text)
		fail("Illegal number", text);
	return value;
}

static int compares_times(const char *left, const char *right, int wants_newer)
{
	struct stat a, b;
	int has_a = stat(left, &a) == 0, has_b = stat(right, &b) == 0;
	long difference;

	if (!has_a || !has_b)
		return wants_newer ? has_a && !has_b : has_b && !has_a;
	difference = a.st_mtim.tv_sec - b.st_mtim.tv_sec;
	if (difference == 0)
		difference = a.st_mtim.tv_nsec - b.st_mtim.tv_nsec;
	return wants_newer ? difference > 0 : difference < 0;
}

static int same_file(const char *left, const char *right)
{
	struct stat a, b;

	return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* 1 true, 0 false, -1 if that is no operator of two operands. */
static int binary(const char *left, const char *name, const char *right)
{
	if (strcmp(name, "=") == 0 || strcmp(name, "==") == 0)
		return strcmp(left, right) == 0;
	if (strcmp(name, "!=") == 0)
		return strcmp(left, right) != 0;
	if (strcmp(name, "<") == 0)
		return strcmp(left, right) < 0;
	if (strcmp(name, ">") == 0)
		return strcmp(left, right) > 0;
	if (name[0] != '-' || strlen(name) != 3)
		return -1;
	if (strcmp(name, "-eq") == 0)
		return number(left) == number(right);
	if (strcmp(name, "-ne") == 0)
		return number(left) != number(right);
	if (strcmp(name, "-lt") == 0)
		return number(left) < number(right);
	if (strcmp(name, "-le") == 0)
		return number(left) <= number(right);
	if (strcmp(name, "-gt") == 0)
		return number(left) > number(right);
	if (strcmp(name, "-ge") == 0)
		return number(left) >= number(right);
	if (strcmp(name, "-nt") == 0 || strcmp(name, "-ot") == 0)
		return compares_times(left, right, name[1] == 'n');
	if (strcmp(name, "-ef") == 0)
		return same_file(left, right);
	return -1;
}

/* 1 true, 0 false, -1 if that is no operator of one operand. */
static int unary(const char *name, const char *operand)
{
	struct stat st;
	int exists;

	if (name[0] != '-' || !name[1] || name[2])
		return -1;
	switch (name[1]) {
	case 'n': return *operand != 0;
	case 'z': return *operand == 0;
	case 't': return isatty((int)number(operand));
	case 'r': return access(operand, R_OK) == 0;
	case 'w': return access(operand, W_OK) == 0;
	case 'x': return access(operand, X_OK) == 0;
	case 'L':
	case 'h': return lstat(operand, &st) == 0 && S_ISLNK(st.st_mode);
	}
	if (!strchr("edfpSscb", name[1]))
		return -1;
	exists = stat(operand, &st) == 0;
	switch (name[1]) {
	case 'd': return exists && S_ISDIR(st.st_mode);
	case 'f': return exists && S_ISREG(st.st_mode);
	case 'p': return exists && S_ISFIFO(st.st_mode);
	case 'S': return exists && S_ISSOCK(st.st_mode);
	case 'c': return exists && S_ISCHR(st.st_mode);
	case 'b': return exists && S_ISBLK(st.st_mode);
	case 's': return exists && st.st_size > 0;
	}
	return exists;
}

/* Whether binary() knows the operator. */
static int is_binary(const char *name)
{
	static const char *const names[] = {"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0)
			return 1;
	}
	return 0;
}

static int parse_or(void);

static int parse_primary(void)
{
	int result;

	if (at >= count)
		fail(NULL, "argument expected");
	if (at + 2 < count) {
		result = binary(arguments[at], arguments[at + 1], arguments[at + 2]);
		if (result >= 0) {
			at += 3;
			return result;
		}
	}
	if (strcmp(arguments[at], "(") == 0 && at + 1 < count) {
		at++;
		result = parse_or();
		if (at >= count || strcmp(arguments[at], ")") != 0)
			fail(NULL, "closing paren expected");
		at++;
		return result;
	}
	if (at + 1 < count && strcmp(arguments[at + 1], "-a") != 0 && strcmp(arguments[at + 1], "-o") != 0) {
		result = unary(arguments[at], arguments[at + 1]);
		if (result >= 0) {
			at += 2;
			return result;
		}
	}
	return *arguments[at++] != 0;
}

static int parse_not(void)
{
	if (at + 1 < count && strcmp(arguments[at], "!") == 0 && !(at + 2 < count && is_binary(arguments[at + 1]))) {
		at++;
		return !parse_not();
	}
	return parse_primary();
}

static int parse_and(void)
{
	int result = parse_not();

	while (at < count && strcmp(arguments[at], "-a") == 0) {
		at++;
		result &= parse_not();
	}
	return result;
}

static int parse_or(void)
{
	int result = parse_and();

	while (at < count && strcmp(arguments[at], "-o") == 0) {
		at++;
		result |= parse_and();
	}
	return result;
}

int evaluate_test(int argument_count, char **list)
{
	int result;

	arguments = list;
	count = argument_count;
	at = 0;
	if (count <= 0)
		return 1;
	if (setjmp(failure))
		return 2;
	/* POSIX decides short expressions by their length: `test ! =` and `test -n` are about strings. */
	if (count == 1)
		return !*arguments[0];
	if (count == 4 && strcmp(arguments[0], "!") == 0) {
		result = binary(arguments[1], arguments[2], arguments[3]);
		if (result >= 0)
			return result;
	}
	result = parse_or();
	if (at < count)
		fail(arguments[at], "unexpected operator");
	return !result;
}
