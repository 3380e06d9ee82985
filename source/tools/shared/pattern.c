/* Regular expressions of ed(1), matched by going back: after Kernighan and Pike, "The Practice of Programming". */
#include "pattern.h"
#include <ctype.h>
#include <stddef.h>
#include <string.h>

static const struct pattern_options *options;
static const char *line_start, *pattern_end, *best;

static const char *match_here(const char *pattern, const char *text);

/* Behind the one-character expression at `pattern`. */
static const char *skip_single(const char *pattern)
{
	if (*pattern == '\\' && pattern + 1 < pattern_end)
		return pattern + 2;
	if (*pattern != '[')
		return pattern + 1;
	pattern += pattern[1] == '^' ? 2 : 1;
	if (*pattern == ']')
		pattern++;
	while (pattern < pattern_end && *pattern != ']') {
		if (*pattern == '[' && pattern[1] == ':')
			while (pattern + 1 < pattern_end && !(*pattern == ':' && pattern[1] == ']' ))
				pattern++;
		pattern++;
	}
	return pattern < pattern_end ? pattern + 1 : pattern;
}

static int fold(int c)
{
	return options->ignores_case ? tolower((unsigned char)c) : (unsigned char)c;
}

static int in_class(const char *name, size_t length, int c)
{
	static const struct {
		const char *name;
		int (*is_member)(int);
	} classes[] = {
		{"alpha", isalpha}, {"digit", isdigit}, {"alnum", isalnum}, {"upper", isupper}, {"lower", islower},
		{"space", isspace}, {"punct", ispunct}, {"blank", isblank}, {"xdigit", isxdigit},
	};
	size_t i;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strlen(classes[i].name) == length && strncmp(classes[i].name, name, length) == 0)
			return classes[i].is_member((unsigned char)c);
	}
	return 0;
}

static int in_brackets(const char *at, const char *end, int c)
{
	int is_inverted = at[1] == '^', found = 0;

	at += is_inverted ? 2 : 1;
	end--; /* The bracket. */
	while (at < end) {
		if (at[0] == '[' && at[1] == ':') {
			const char *close = strchr(at, ']');
			found |= in_class(at + 2, (size_t)(close - at) - 3, c);
			at = close + 1;
		} else if (at[1] == '-' && at + 2 < end) {
			found |= fold(at[0]) <= fold(c) && fold(c) <= fold(at[2]);
			at += 3;
		} else {
			found |= fold(*at++) == fold(c);
		}
	}
	return found != is_inverted;
}

static int matches_single(const char *pattern, const char *end, int c)
{
	if (!c)
		return 0;
	if (*pattern == '.')
		return 1;
	if (*pattern == '[')
		return in_brackets(pattern, end, c);
	if (*pattern == '\\' && end - pattern == 2) {
		if (pattern[1] == 'w')
			return isalnum(c) || c == '_';
		return fold(pattern[1]) == fold(c);
	}
	return fold(*pattern) == fold(c);
}

/* As many as possible first, then fewer. */
static const char *match_repeated(const char *single, const char *rest, long least, long most, const char *text)
{
	const char *end = single, *result;
	long n = 0;

	end = skip_single(single);
	while (n < most && matches_single(single, end, (unsigned char)text[n]))
		n++;
	for (; n >= least; n--) {
		result = match_here(rest, text + n);
		if (result)
			return result;
	}
	return NULL;
}

static const char *match_here(const char *pattern, const char *text)
{
	const char *rest;

	if (pattern >= pattern_end)
		return text;
	if (*pattern == '$' && pattern + 1 == pattern_end)
		return *text ? NULL : text;
	rest = skip_single(pattern);
	if (rest < pattern_end && *rest == '*')
		return match_repeated(pattern, rest + 1, 0, 1L << 30, text);
	if (options->is_extended && rest < pattern_end && (*rest == '+' || *rest == '?'))
		return match_repeated(pattern, rest + 1, *rest == '+', *rest == '+' ? 1L << 30 : 1, text);
	if (!options->is_extended && rest + 1 < pattern_end && *rest == '\\' && (rest[1] == '+' || rest[1] == '?'))
		return match_repeated(pattern, rest + 2, rest[1] == '+', rest[1] == '+' ? 1L << 30 : 1, text);
	if (matches_single(pattern, rest, (unsigned char)*text))
		return match_here(rest, text + 1);
	return NULL;
}

/* Where the alternative that begins at `pattern` ends. */
static const char *end_of_alternative(const char *pattern, const char *end)
{
	const char *saved = pattern_end;

	pattern_end = end;
	while (pattern < end) {
		if (options->is_extended && *pattern == '|')
			break;
		if (!options->is_extended && *pattern == '\\' && pattern[1] == '|')
			break;
		pattern = skip_single(pattern);
	}
	pattern_end = saved;
	return pattern;
}

static const char *match_alternative(const char *pattern, const char *text)
{
	if (pattern < pattern_end && *pattern == '^')
		return text == line_start ? match_here(pattern + 1, text) : NULL;
	return match_here(pattern, text);
}

const char *find_pattern(const char *pattern, const char *text, const struct pattern_options *wanted, const char **end)
{
	const char *whole_end = pattern + strlen(pattern), *start;

	options = wanted;
	line_start = text;
	for (start = text;; start++) {
		const char *alternative = pattern;
		best = NULL;
		for (;;) {
			const char *result;
			pattern_end = end_of_alternative(alternative, whole_end);
			result = match_alternative(alternative, start);
			if (result && (!best || result > best))
				best = result;
			if (pattern_end >= whole_end)
				break;
			alternative = pattern_end + (options->is_extended ? 1 : 2);
		}
		if (best) {
			*end = best;
			return start;
		}
		if (!*start)
			return NULL;
	}
}
