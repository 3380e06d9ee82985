/* Regular expressions of ed(1): . * ^ $ [...], with \+ \? and the groups left out; -E's + and ? on demand. */
#ifndef PATTERN_H
#define PATTERN_H

struct pattern_options {
	int ignores_case;
	int is_extended; /* + and ? are operators without a backslash, | separates alternatives. */
};

/* Finds the pattern in `text`: the start of the leftmost longest match, and its end in `*end`; NULL if there is none. */
const char *find_pattern(const char *pattern, const char *text, const struct pattern_options *options, const char **end);

#endif
