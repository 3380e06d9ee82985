/* getopt(3) and getopt_long(3) as in glibc: operands are moved behind the options unless POSIXLY_CORRECT is set or the
   options begin with '+'; the messages are glibc's. */
#include "internal.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt = '?';

static enum { PERMUTE, REQUIRE_ORDER, RETURN_IN_ORDER } ordering;
static char *next_char; /* The rest of a group of short options. */
static int first_operand, last_operand; /* Operands that were skipped: [first, last). */
static int is_initialized;

/* Brings the skipped operands behind the options that came after them. */
static void exchange(char **argv)
{
	int bottom = first_operand, middle = last_operand, top = optind;

	while (top > middle && middle > bottom) {
		int low = middle - bottom, high = top - middle, i;
		int count = high > low ? low : high, other = high > low ? top - low : middle;
		for (i = 0; i < count; i++) {
			char *swapped = argv[bottom + i];
			argv[bottom + i] = argv[other + i];
			argv[other + i] = swapped;
		}
		if (high > low)
			top -= low;
		else
			bottom += high;
	}
	first_operand += optind - last_operand;
	last_operand = optind;
}

static const char *initialize(const char *options)
{
	if (optind == 0)
		optind = 1;
	first_operand = last_operand = optind;
	next_char = NULL;
	if (*options == '-') {
		ordering = RETURN_IN_ORDER;
		options++;
	} else if (*options == '+') {
		ordering = REQUIRE_ORDER;
		options++;
	} else {
		ordering = getenv("POSIXLY_CORRECT") ? REQUIRE_ORDER : PERMUTE;
	}
	is_initialized = 1;
	return options;
}

static int is_operand(const char *arg)
{
	return arg[0] != '-' || arg[1] == 0;
}

/* Moves to the next argument with an option. Returns 0, or what getopt is to return. */
static int advance(int argc, char **argv)
{
	if (last_operand > optind)
		last_operand = optind;
	if (first_operand > optind)
		first_operand = optind;
	if (ordering == PERMUTE) {
		if (first_operand != last_operand && last_operand != optind)
			exchange(argv);
		else if (last_operand != optind)
			first_operand = optind;
		while (optind < argc && is_operand(argv[optind]))
			optind++;
		last_operand = optind;
	}
	if (optind < argc && strcmp(argv[optind], "--") == 0) {
		optind++;
		if (first_operand != last_operand && last_operand != optind)
			exchange(argv);
		else if (first_operand == last_operand)
			first_operand = optind;
		last_operand = optind = argc;
	}
	if (optind >= argc) {
		if (first_operand != last_operand)
			optind = first_operand;
		return -1;
	}
	if (is_operand(argv[optind])) {
		if (ordering == REQUIRE_ORDER)
			return -1;
		optarg = argv[optind++];
		return 1;
	}
	return 0;
}

static void list_ambiguous(char **argv, const struct option *long_options, const char *name, int length, const char *prefix)
{
	const struct option *o;

	flockfile(stderr);
	fprintf(stderr, "%s: option '%s%s' is ambiguous; possibilities:", argv[0], prefix, name);
	for (o = long_options; o->name; o++) {
		if (strncmp(o->name, name, (size_t)length) == 0)
			fprintf(stderr, " '%s%s'", prefix, o->name);
	}
	fprintf(stderr, "\n");
	funlockfile(stderr);
}

/* Finds the long option that the `length` characters of `name` mean; -1 if none, -2 if several. */
static int find_long(const struct option *long_options, const char *name, int length, int is_only)
{
	int i, found = -1;

	for (i = 0; long_options[i].name; i++) {
		const struct option *o = &long_options[i], *p;
		if (strncmp(o->name, name, (size_t)length) != 0)
			continue;
		if ((int)strlen(o->name) == length)
			return i;
		if (found == -1) {
			found = i;
			continue;
		}
		if (found >= 0) {
			p = &long_options[found];
			if (is_only || p->has_arg != o->has_arg || p->flag != o->flag || p->val != o->val)
				found = -2;
		}
	}
	return found;
}

static int take_long(int argc, char **argv, const char *options, const struct option *long_options, int *index, int is_only, const char *prefix)
{
	char *end = next_char + strcspn(next_char, "=");
	const struct option *o;
	int found = find_long(long_options, next_char, (int)(end - next_char), is_only);
	int is_quiet = !opterr || options[0] == ':';

	if (found == -1) {
		/* With getopt_long_only, "-x" may still be a short option. */
		if (is_only && argv[optind][1] != '-' && strchr(options, *next_char))
			return -1;
		if (!is_quiet)
			fprintf(stderr, "%s: unrecognized option '%s%s'\n", argv[0], prefix, next_char);
		next_char = NULL;
		optind++;
		optopt = 0;
		return '?';
	}
	if (found == -2) {
		if (!is_quiet)
			list_ambiguous(argv, long_options, next_char, (int)(end - next_char), prefix);
		next_char += strlen(next_char);
		optind++;
		optopt = 0;
		return '?';
	}
	o = &long_options[found];
	optind++;
	next_char = NULL;
	if (*end) {
		if (!o->has_arg) {
			if (!is_quiet)
				fprintf(stderr, "%s: option '%s%s' doesn't allow an argument\n", argv[0], prefix, o->name);
			optopt = o->val;
			return '?';
		}
		optarg = end + 1;
	} else if (o->has_arg == required_argument) {
		if (optind >= argc) {
			if (!is_quiet)
				fprintf(stderr, "%s: option '%s%s' requires an argument\n", argv[0], prefix, o->name);
			optopt = o->val;
			return options[0] == ':' ? ':' : '?';
		}
		optarg = argv[optind++];
	}
	if (index)
		*index = found;
	if (o->flag) {
		*o->flag = o->val;
		return 0;
	}
	return o->val;
}

static int missing_argument(char **argv, const char *options, int c)
{
	if (opterr && options[0] != ':')
		fprintf(stderr, "%s: option requires an argument -- '%c'\n", argv[0], c);
	optopt = c;
	return options[0] == ':' ? ':' : '?';
}

static int take_short(int argc, char **argv, const char *options, const struct option *long_options, int *index)
{
	char c = *next_char++;
	const char *found = c == ':' || c == ';' ? NULL : strchr(options, c);

	if (*next_char == 0)
		optind++;
	if (!found) {
		if (opterr && options[0] != ':')
			fprintf(stderr, "%s: invalid option -- '%c'\n", argv[0], c);
		optopt = c;
		return '?';
	}
	if (found[0] == 'W' && found[1] == ';' && long_options) {
		/* "-W foo" means "--foo", as does "-Wfoo". */
		if (!*next_char) {
			if (optind == argc)
				return missing_argument(argv, options, c);
			next_char = argv[optind];
		}
		return take_long(argc, argv, options, long_options, index, 0, "-W ");
	}
	if (found[1] != ':')
		return c;
	optarg = NULL;
	if (*next_char) {
		optarg = next_char;
		optind++;
	} else if (found[2] != ':') {
		if (optind == argc) {
			next_char = NULL;
			return missing_argument(argv, options, c);
		}
		optarg = argv[optind++];
	}
	next_char = NULL;
	return c;
}

static int get_option(int argc, char **argv, const char *options, const struct option *long_options, int *index, int is_only)
{
	if (argc < 1)
		return -1;
	optarg = NULL;
	if (optind == 0 || !is_initialized)
		options = initialize(options);
	else if (*options == '-' || *options == '+')
		options++;
	if (!next_char || !*next_char) {
		int result = advance(argc, argv);
		if (result)
			return result;
		if (long_options) {
			if (argv[optind][1] == '-') {
				next_char = argv[optind] + 2;
				return take_long(argc, argv, options, long_options, index, is_only, "--");
			}
			if (is_only && (argv[optind][2] || !strchr(options, argv[optind][1]))) {
				next_char = argv[optind] + 1;
				result = take_long(argc, argv, options, long_options, index, is_only, "-");
				if (result != -1)
					return result;
			}
		}
		next_char = argv[optind] + 1;
	}
	return take_short(argc, argv, options, long_options, index);
}

int getopt(int argc, char *const *argv, const char *options)
{
	return get_option(argc, (char **)argv, options, NULL, NULL, 0);
}

int getopt_long(int argc, char *const *argv, const char *options, const struct option *long_options, int *index)
{
	return get_option(argc, (char **)argv, options, long_options, index, 0);
}

int getopt_long_only(int argc, char *const *argv, const char *options, const struct option *long_options, int *index)
{
	return get_option(argc, (char **)argv, options, long_options, index, 1);
}
