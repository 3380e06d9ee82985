/* What becomes of an expanded word: field splitting and pathname expansion, or one string. */
#include "sh.h"
#include <string.h>

static int is_special(int c)
{
	return strchr("*?[]\\-!", c) != NULL;
}

char *string_of(const struct expansion *expansion, int as_pattern)
{
	char *result = arena_allocate(expansion->length * 2 + 1), *out = result;
	size_t i;

	for (i = 0; i < expansion->length; i++) {
		int mark = expansion->marks[i];
		if (mark == EMPTY)
			continue;
		if (as_pattern && (mark == QUOTED || expansion->text[i] == '\\') && is_special(expansion->text[i]))
			*out++ = '\\';
		*out++ = mark == BREAK ? ' ' : expansion->text[i];
	}
	*out = 0;
	return result;
}

static struct word **add_field(struct expansion *field, struct word **tail)
{
	if (!no_globbing) {
		char *pattern = string_of(field, 1);
		if (has_wildcards(pattern)) {
			struct word **end = add_paths(pattern, tail);
			if (end != tail)
				return end;
		}
	}
	*tail = arena_allocate(sizeof **tail);
	(*tail)->text = string_of(field, 0);
	return &(*tail)->next;
}

/* Splits at what came out of expansions outside quotes: runs of blanks, and each other character of IFS. */
struct word **add_fields(struct expansion *expansion, struct word **tail)
{
	const char *separators = get_variable("IFS");
	struct expansion field = {NULL, NULL, 0, 0};
	size_t i = 0, n = expansion->length;
	int has_field = 0;

	if (!separators)
		separators = " \t\n";
	while (i < n) {
		int mark = expansion->marks[i], c = expansion->text[i], is_hard = mark == BREAK;
		if (mark == EMPTY) {
			has_field = 1;
			i++;
			continue;
		}
		if (!is_hard && (mark != EXPANDED || !c || !strchr(separators, c))) {
			put(&field, c, (enum mark)mark);
			has_field = 1;
			i++;
			continue;
		}
		if (mark == BREAK) {
			i++;
			is_hard = 0;
		} else {
			while (i < n && expansion->marks[i] == EXPANDED && strchr(" \t\n", expansion->text[i]) &&
			       strchr(separators, expansion->text[i]))
				i++;
			if (i < n && expansion->marks[i] == EXPANDED && strchr(separators, expansion->text[i]) &&
			    !strchr(" \t\n", expansion->text[i])) {
				is_hard = 1;
				i++;
				while (i < n && expansion->marks[i] == EXPANDED && strchr(" \t\n", expansion->text[i]) &&
				       strchr(separators, expansion->text[i]))
					i++;
			}
		}
		if (has_field || is_hard)
			tail = add_field(&field, tail);
		memset(&field, 0, sizeof field);
		has_field = 0;
	}
	return has_field ? add_field(&field, tail) : tail;
}

struct word *expand_to_fields(struct word *words)
{
	struct word *result = NULL, **tail = &result;

	for (; words; words = words->next) {
		struct expansion expansion = {NULL, NULL, 0, 0};
		expand_word(&expansion, words->text);
		tail = add_fields(&expansion, tail);
	}
	return result;
}

char *expand_to_string(const char *text)
{
	struct expansion expansion = {NULL, NULL, 0, 0};

	expand_word(&expansion, text);
	return string_of(&expansion, 0);
}

char *expand_to_pattern(const char *text)
{
	struct expansion expansion = {NULL, NULL, 0, 0};

	expand_word(&expansion, text);
	return string_of(&expansion, 1);
}
