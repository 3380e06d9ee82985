/* Word expansion, POSIX 2.6: tilde, parameters, command substitution, arithmetic, quote removal. Each character of the
   result carries a mark: whether it was quoted, and whether it may be split and matched. */
#include "sh.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void expand_until(struct expansion *out, const char **at, int end, int in_quotes, int in_document);

void put(struct expansion *out, int c, enum mark mark)
{
	if (out->length == out->capacity) {
		size_t capacity = out->capacity * 2 + 64;
		char *text = arena_allocate(capacity), *marks = arena_allocate(capacity);
		if (out->length > 0) {
			memcpy(text, out->text, out->length);
			memcpy(marks, out->marks, out->length);
		}
		out->text = text;
		out->marks = marks;
		out->capacity = capacity;
	}
	out->text[out->length] = (char)c;
	out->marks[out->length++] = (char)mark;
}

static void put_text(struct expansion *out, const char *text, int in_quotes)
{
	for (; *text; text++)
		put(out, *text, in_quotes ? QUOTED : EXPANDED);
}

static void put_number(struct expansion *out, long number, int in_quotes)
{
	char text[24];

	snprintf(text, sizeof text, "%ld", number);
	put_text(out, text, in_quotes);
}

/* $@ and $*: fields of their own, but "$*" is one. */
static void put_parameters(struct expansion *out, int is_star, int in_quotes)
{
	const char *separators = get_variable("IFS");
	int i;

	for (i = 0; i < parameter_count; i++) {
		if (i > 0 && in_quotes && is_star) {
			if (!separators || *separators)
				put(out, separators ? *separators : ' ', QUOTED);
		} else if (i > 0) {
			put(out, ' ', BREAK);
		}
		if (in_quotes && !is_star)
			put(out, 0, EMPTY);
		put_text(out, parameters[i], in_quotes);
	}
}

static void put_flags(struct expansion *out, int in_quotes)
{
	if (exits_on_error)
		put_text(out, "e", in_quotes);
	if (no_globbing)
		put_text(out, "f", in_quotes);
	if (is_interactive)
		put_text(out, "i", in_quotes);
	if (complains_of_unset)
		put_text(out, "u", in_quotes);
	if (traces)
		put_text(out, "x", in_quotes);
}

/* The value of a parameter that is a string; NULL if it is not set. */
static const char *value_of(const char *name)
{
	static char number[24];

	if (strlen(name) == 1 && strchr("#?$!", *name)) {
		if (*name == '!' && !last_background)
			return NULL;
		snprintf(number, sizeof number, "%d",
		         *name == '#' ? parameter_count : *name == '?' ? last_status : *name == '$' ? shell_pid : (int)last_background);
		return number;
	}
	if (isdigit((unsigned char)*name)) {
		int index = atoi(name);
		if (index == 0)
			return shell_name;
		return index <= parameter_count ? parameters[index - 1] : NULL;
	}
	return get_variable(name);
}

static int is_set(const char *name)
{
	if (strcmp(name, "@") == 0 || strcmp(name, "*") == 0)
		return parameter_count > 0;
	return strcmp(name, "-") == 0 || value_of(name) != NULL;
}

static void put_parameter(struct expansion *out, const char *name, int in_quotes)
{
	if (strcmp(name, "@") == 0 || strcmp(name, "*") == 0) {
		put_parameters(out, *name == '*', in_quotes);
	} else if (strcmp(name, "-") == 0) {
		put_flags(out, in_quotes);
	} else {
		const char *value = value_of(name);
		if (!value && complains_of_unset)
			fail(2, "%s: parameter not set", name);
		put_text(out, value ? value : "", in_quotes);
	}
}

/* ${name%pattern} and its kin: the value without the part that matches. */
static void put_trimmed(struct expansion *out, const char *name, const char *pattern, int at_end, int longest, int in_quotes)
{
	const char *value = value_of(name);
	size_t length = value ? strlen(value) : 0, n;
	char *copy = arena_copy(value ? value : "", length);

	for (n = 0; n <= length; n++) {
		size_t cut = longest ? length - n : n; /* Characters that go. */
		if (!matches_pattern(pattern, at_end ? copy + length - cut : copy, cut))
			continue;
		if (at_end)
			copy[length - cut] = 0;
		else
			copy += cut;
		break;
	}
	put_text(out, copy, in_quotes);
}

/* The word behind an operator, as written, up to the brace; `*at` comes to stand behind the brace. */
static char *raw_word(const char **at, int in_quotes)
{
	const char *start = *at;
	struct input text;
	size_t length;
	struct lexer_state state = save_lexer();

	push_text(&text, start, strlen(start), current_line);
	skip_to_brace(in_quotes);
	length = text.at - 1;
	pop_input();
	restore_lexer(state);
	*at = start + length + 1;
	return arena_copy(start, length);
}

static void expand_operand(struct expansion *out, const char *word, int in_quotes)
{
	const char *at = word;

	if (in_quotes)
		expand_until(out, &at, 0, 1, 0);
	else
		expand_word(out, word);
}

/* parameter = "{" ["#"] name [[":"] ("-" | "=" | "?" | "+") word | ("%" | "%%" | "#" | "##") pattern] "}" */
static void expand_braces(struct expansion *out, const char **at, int in_quotes)
{
	const char *start = *at;
	char *name, *word;
	size_t length;
	int wants_length = 0, counts_empty, operator, has_value;

	if (*start == '#' && start[1] != '}' && !(strchr("-+=?:%#", start[1]) && start[1]))
		wants_length = 1;
	start += wants_length;
	length = name_length(start);
	if (length == 0 && isdigit((unsigned char)*start))
		length = strspn(start, "0123456789");
	if (length == 0)
		length = *start && strchr("@*#?-$!", *start) ? 1 : 0;
	if (length == 0)
		fail(2, "Bad substitution");
	name = arena_copy(start, length);
	*at = start + length;
	if (wants_length) {
		const char *value = is_set(name) ? value_of(name) : NULL;
		if (*(*at)++ != '}')
			fail(2, "Bad substitution");
		put_number(out, *name == '@' || *name == '*' ? parameter_count : value ? (long)strlen(value) : 0, in_quotes);
		return;
	}
	if (**at == '}') {
		++*at;
		put_parameter(out, name, in_quotes);
		return;
	}
	counts_empty = **at == ':';
	*at += counts_empty;
	operator = *(*at)++;
	if (!operator || !strchr(counts_empty ? "-=?+" : "-=?+%#", operator))
		fail(2, "Bad substitution");
	if (operator == '%' || operator == '#') {
		int longest = **at == operator;
		*at += longest;
		word = raw_word(at, in_quotes);
		put_trimmed(out, name, expand_to_pattern(word), operator == '%', longest, in_quotes);
		return;
	}
	word = raw_word(at, in_quotes);
	has_value = is_set(name) && !(counts_empty && value_of(name) && !*value_of(name));
	if (operator == '+') {
		if (has_value)
			expand_operand(out, word, in_quotes);
	} else if (has_value) {
		put_parameter(out, name, in_quotes);
	} else if (operator == '-') {
		expand_operand(out, word, in_quotes);
	} else if (operator == '=') {
		set_variable(name, expand_to_string(word));
		put_parameter(out, name, in_quotes);
	} else {
		fail(2, "%s: %s", name, *word ? expand_to_string(word) : counts_empty ? "parameter not set or null" : "parameter not set");
	}
}

/* The output of a command, without the newlines at its end. */
static void put_output(struct expansion *out, struct node *node, int in_quotes)
{
	char *output = capture_output(node);
	size_t length = strlen(output);

	while (length > 0 && output[length - 1] == '\n')
		output[--length] = 0;
	put_text(out, output, in_quotes);
	free(output);
}

static void expand_command(struct expansion *out, const char **at, int in_quotes)
{
	struct input text;
	struct node *node;

	push_text(&text, *at, strlen(*at), current_line);
	node = parse_substitution();
	*at += text.at;
	pop_input();
	put_output(out, node, in_quotes);
}

static void expand_backquotes(struct expansion *out, const char **at, int in_quotes)
{
	char *command = arena_allocate(strlen(*at) + 2), *end = command;
	struct input text;
	struct node *node;

	for (; **at && **at != '`'; ++*at) {
		if (**at == '\\' && (*at)[1] && strchr(in_quotes ? "$`\\\"" : "$`\\", (*at)[1]))
			++*at;
		*end++ = **at;
	}
	*at += **at == '`';
	*end++ = '\n';
	*end++ = ')';
	push_text(&text, command, (size_t)(end - command), current_line);
	node = parse_substitution();
	pop_input();
	put_output(out, node, in_quotes);
}

static void expand_arithmetic(struct expansion *out, const char **at, int in_quotes)
{
	struct expansion expression = {NULL, NULL, 0, 0};
	const char *end = *at, *text;
	int depth = 0;

	for (; *end && !(*end == ')' && depth == 0); end++)
		depth += *end == '(' ? 1 : *end == ')' ? -1 : 0;
	text = arena_copy(*at, (size_t)(end - *at));
	expand_until(&expression, &text, 0, 1, 0);
	put_number(out, evaluate_arithmetic(string_of(&expression, 0)), in_quotes);
	*at = end + (*end ? 2 : 0);
}

/* `*at` stands behind the dollar. */
static void expand_dollar(struct expansion *out, const char **at, int in_quotes)
{
	const char *start = *at;
	size_t length = name_length(start);

	if (*start == '{') {
		++*at;
		expand_braces(out, at, in_quotes);
	} else if (start[0] == '(' && start[1] == '(') {
		*at += 2;
		expand_arithmetic(out, at, in_quotes);
	} else if (*start == '(') {
		++*at;
		expand_command(out, at, in_quotes);
	} else {
		if (length == 0 && *start && (isdigit((unsigned char)*start) || strchr("@*#?-$!", *start)))
			length = 1;
		if (length == 0) {
			put(out, '$', in_quotes ? QUOTED : LITERAL);
			return;
		}
		*at += length;
		put_parameter(out, arena_copy(start, length), in_quotes);
	}
}

static void expand_double_quotes(struct expansion *out, const char **at)
{
	size_t before = out->length;
	/* "$@" without parameters is no field at all. */
	int is_only_parameters = strncmp(*at, "$@\"", 3) == 0 || strncmp(*at, "${@}\"", 5) == 0;

	expand_until(out, at, '"', 1, 0);
	if (out->length == before && !is_only_parameters)
		put(out, 0, EMPTY);
	*at += **at == '"';
}

/* Expands up to `end`, which is not read. In a here-document quotes mean nothing. */
static void expand_until(struct expansion *out, const char **at, int end, int in_quotes, int in_document)
{
	while (**at && **at != end) {
		int c = *(*at)++;
		if (c == '\\') {
			c = **at;
			if (c == '\n') {
				++*at;
			} else if (in_quotes && !(c && strchr(in_document ? "$`\\" : "$`\\\"", c))) {
				put(out, '\\', QUOTED);
			} else if (c) {
				put(out, c, QUOTED);
				++*at;
			} else {
				put(out, '\\', QUOTED);
			}
		} else if (c == '$') {
			expand_dollar(out, at, in_quotes);
		} else if (c == '`') {
			expand_backquotes(out, at, in_quotes);
		} else if (c == '\'' && !in_quotes) {
			put(out, 0, EMPTY);
			for (; **at && **at != '\''; ++*at)
				put(out, **at, QUOTED);
			*at += **at == '\'';
		} else if (c == '"' && !in_document) {
			if (in_quotes)
				continue; /* Inside "${name-"word"}". */
			expand_double_quotes(out, at);
		} else {
			put(out, c, in_quotes ? QUOTED : LITERAL);
		}
	}
}

/* "~" and "~/…" at the start of a word. */
static const char *expand_tilde(struct expansion *out, const char *text)
{
	const char *home = get_variable("HOME");

	if (*text != '~' || (text[1] && text[1] != '/' && text[1] != ':') || !home)
		return text;
	put_text(out, home, 1);
	return text + 1;
}

void expand_word(struct expansion *out, const char *text)
{
	const char *at = expand_tilde(out, text);

	expand_until(out, &at, 0, 0, 0);
}

void expand_here_document(struct expansion *out, const char *text)
{
	expand_until(out, &text, 0, 1, 1);
}
