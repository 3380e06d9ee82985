/* sort(1) with -n -r -u -f -k FIELD[,FIELD] -t SEPARATOR and -o, and the old +FIELDS. */
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_numeric, is_reverse, is_unique, folds_case;
static long first_field, last_field;
static int separator = -1;
static char **lines;
static size_t count, capacity;

static void read_lines(FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, file)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = 0;
		if (count == capacity) {
			capacity = capacity * 2 + 64;
			lines = realloc(lines, capacity * sizeof *lines);
		}
		lines[count++] = strdup(line);
	}
	free(line);
}

static const char *skip_field(const char *at)
{
	if (separator >= 0) {
		const char *end = strchr(at, separator);
		return end ? end : at + strlen(at);
	}
	while (isblank((unsigned char)*at))
		at++;
	while (*at && !isblank((unsigned char)*at))
		at++;
	return at;
}

/* The part of a line that is compared. */
static const char *key_of(const char *line, size_t *length)
{
	const char *start = line, *end;
	long field;

	if (first_field == 0) {
		*length = strlen(line);
		return line;
	}
	for (field = 1; field < first_field && *start; field++) {
		start = skip_field(start);
		if (separator >= 0 && *start)
			start++;
	}
	end = start + strlen(start);
	if (last_field > 0) {
		end = start;
		for (field = first_field; field <= last_field; field++)
			end = skip_field(field > first_field && separator >= 0 && *end ? end + 1 : end);
	}
	*length = (size_t)(end - start);
	return start;
}

static int compare_texts(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t i, n = a_length < b_length ? a_length : b_length;

	for (i = 0; i < n; i++) {
		int x = (unsigned char)a[i], y = (unsigned char)b[i];
		if (folds_case) {
			x = toupper(x);
			y = toupper(y);
		}
		if (x != y)
			return x < y ? -1 : 1;
	}
	return a_length == b_length ? 0 : a_length < b_length ? -1 : 1;
}

static int compare_keys(const char *a, const char *b)
{
	size_t a_length, b_length;
	const char *x = key_of(a, &a_length), *y = key_of(b, &b_length);

	if (is_numeric) {
		double difference = strtod(x, NULL) - strtod(y, NULL);
		return difference < 0 ? -1 : difference > 0;
	}
	return compare_texts(x, a_length, y, b_length);
}

static int compare_lines(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int result = compare_keys(x, y);

	if (result == 0 && !is_unique)
		result = strcmp(x, y);
	return is_reverse ? -result : result;
}

/* Equal keys stay in their order, as -u needs. */
static void merge_sort(char **from, size_t n, char **scratch)
{
	size_t half = n / 2, i = 0, j = half, k;

	if (n < 2)
		return;
	merge_sort(from, half, scratch);
	merge_sort(from + half, n - half, scratch);
	for (k = 0; k < n; k++)
		scratch[k] = j >= n || (i < half && compare_lines(&from[i], &from[j]) <= 0) ? from[i++] : from[j++];
	memcpy(from, scratch, n * sizeof *from);
}

static void set_key(const char *text)
{
	char *end;

	first_field = strtol(text, &end, 10);
	if (*end == '.')
		strtol(end + 1, &end, 10);
	if (*end == ',')
		last_field = strtol(end + 1, &end, 10);
	for (; *end; end++) {
		is_numeric |= *end == 'n';
		is_reverse |= *end == 'r';
		folds_case |= *end == 'f';
	}
	if (first_field < 1) {
		complain(0, "-: invalid field specification '%s'", text);
		exit(2);
	}
}

/* The old way to name a key, "+N": fields before it. */
static char *as_key_option(const char *text)
{
	char *rest, *option = malloc(strlen(text) + 8);
	long skipped = strtol(text + 1, &rest, 10);

	sprintf(option, "-k%ld%s", skipped + 1, rest);
	return option;
}

int main(int argc, char **argv)
{
	const char *output = NULL;
	int option, i;
	size_t n;

	tool_name = "sort";
	for (i = 1; i < argc; i++) {
		if (argv[i][0] == '+' && isdigit((unsigned char)argv[i][1]))
			argv[i] = as_key_option(argv[i]);
	}
	while ((option = getopt(argc, argv, "nrufbk:t:o:")) != -1) {
		switch (option) {
		case 'n': is_numeric = 1; break;
		case 'r': is_reverse = 1; break;
		case 'u': is_unique = 1; break;
		case 'f': folds_case = 1; break;
		case 'b': break;
		case 'k': set_key(optarg); break;
		case 't': separator = (unsigned char)*optarg; break;
		case 'o': output = optarg; break;
		default: usage_exit(2);
		}
	}
	for (i = optind; i < argc || i == optind; i++) {
		const char *name = i < argc ? argv[i] : "-";
		FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
		if (!file) {
			complain(errno, "cannot read: %s", name);
			return 2;
		}
		read_lines(file);
		if (ferror(file)) {
			complain(errno, "read failed: %s", name);
			return 2;
		}
	}
	if (count > 0)
		merge_sort(lines, count, malloc(count * sizeof *lines));
	if (output && !freopen(output, "w", stdout)) {
		complain(errno, "open failed: %s", output);
		return 2;
	}
	for (n = 0; n < count; n++) {
		if (!is_unique || n == 0 || compare_keys(lines[n - 1], lines[n]) != 0)
			puts(lines[n]);
	}
	return finish(0);
}
