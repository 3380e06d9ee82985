/* Matching names against patterns of the shell: fnmatch(3). */
#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

static int fold(int c, int flags)
{
	return flags & FNM_CASEFOLD ? tolower((unsigned char)c) : (unsigned char)c;
}

/* `[[:alpha:]]`: `class` points behind `[:`. Returns where it ends, or null if it is none. */
static const char *match_class(const char *class, int c, int *matches)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{ "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank }, { "cntrl", iscntrl }, { "digit", isdigit },
		{ "graph", isgraph }, { "lower", islower }, { "print", isprint }, { "punct", ispunct }, { "space", isspace },
		{ "upper", isupper }, { "xdigit", isxdigit }
	};
	const char *end = strstr(class, ":]");
	size_t i;

	if (!end)
		return NULL;
	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		size_t length = strlen(classes[i].name);
		if ((size_t)(end - class) == length && memcmp(class, classes[i].name, length) == 0) {
			*matches |= classes[i].test(c) != 0;
			return end + 2;
		}
	}
	return NULL;
}

/* `pattern` points behind the `[`. Returns where the bracket expression ends, or null if it doesn't. */
static const char *match_bracket(const char *pattern, int c, int flags, int *result)
{
	int is_negated = *pattern == '!' || *pattern == '^', matches = 0;
	const char *first;

	if (is_negated)
		pattern++;
	for (first = pattern; *pattern && (*pattern != ']' || pattern == first);) {
		int low, high;
		if (pattern[0] == '[' && pattern[1] == ':') {
			const char *end = match_class(pattern + 2, c, &matches);
			if (end) {
				pattern = end;
				continue;
			}
		}
		if (*pattern == '\\' && !(flags & FNM_NOESCAPE) && pattern[1])
			pattern++;
		low = high = fold(*pattern++, flags);
		if (pattern[0] == '-' && pattern[1] && pattern[1] != ']') {
			pattern++;
			if (*pattern == '\\' && !(flags & FNM_NOESCAPE) && pattern[1])
				pattern++;
			high = fold(*pattern++, flags);
		}
		matches |= low <= fold(c, flags) && fold(c, flags) <= high;
	}
	if (!*pattern)
		return NULL;
	*result = matches != is_negated;
	return pattern + 1;
}

static int match(const char *pattern, const char *name, const char *start, int flags)
{
	for (;;) {
		int c = *pattern++;
		int is_hidden = *name == '.' && flags & FNM_PERIOD && (name == start || (flags & FNM_PATHNAME && name[-1] == '/'));

		switch (c) {
		case 0:
			return *name == 0 || (flags & FNM_LEADING_DIR && *name == '/') ? 0 : FNM_NOMATCH;
		case '?':
			if (!*name || is_hidden || (*name == '/' && flags & FNM_PATHNAME))
				return FNM_NOMATCH;
			name++;
			break;
		case '*':
			if (is_hidden)
				return FNM_NOMATCH;
			for (;; name++) {
				if (match(pattern, name, start, flags) == 0)
					return 0;
				if (!*name || (*name == '/' && flags & FNM_PATHNAME))
					return FNM_NOMATCH;
			}
		case '[': {
			int matches = 0;
			const char *end = match_bracket(pattern, (unsigned char)*name, flags, &matches);
			if (end) {
				if (!*name || is_hidden || !matches || (*name == '/' && flags & FNM_PATHNAME))
					return FNM_NOMATCH;
				pattern = end;
				name++;
				break;
			}
			if (*name++ != '[')
				return FNM_NOMATCH;
			break;
		}
		case '\\':
			if (!(flags & FNM_NOESCAPE) && *pattern)
				c = *pattern++;
			/* fall through */
		default:
			if (fold(c, flags) != fold(*name, flags) || !*name)
				return FNM_NOMATCH;
			name++;
		}
	}
}

int fnmatch(const char *pattern, const char *name, int flags)
{
	return match(pattern, name, name, flags);
}
