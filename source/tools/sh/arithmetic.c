/* $((…)): C's integer expressions without ++, -- and the comma, over variables. */
#include "sh.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *at, *whole;
static int is_skipped; /* The side of && || ?: that does not count. */

static long assignment(void);

static void skip_blanks(void)
{
	while (isspace((unsigned char)*at))
		at++;
}

static int take(const char *operator)
{
	size_t length = strlen(operator);

	skip_blanks();
	if (strncmp(at, operator, length) != 0)
		return 0;
	at += length;
	return 1;
}

static void wrong(const char *what)
{
	fail(2, "arithmetic expression: expecting %s: \"%s\"", what, whole);
}

static long number_of(const char *text)
{
	char *end;
	long value = strtol(text, &end, 0);

	while (isspace((unsigned char)*end))
		end++;
	if (*end)
		fail(2, "Illegal number: %s", text);
	return value;
}

static long primary(void)
{
	long value;
	size_t length;

	if (take("(")) {
		value = assignment();
		if (!take(")"))
			wrong("')'");
		return value;
	}
	skip_blanks();
	length = name_length(at);
	if (length > 0) {
		const char *text = get_variable(arena_copy(at, length));
		if (!text && complains_of_unset && !is_skipped)
			fail(2, "%.*s: parameter not set", (int)length, at);
		at += length;
		return text && *text ? number_of(text) : 0;
	}
	if (!isdigit((unsigned char)*at))
		wrong("primary");
	value = strtol(at, (char **)&at, 0);
	return value;
}

static long unary(void)
{
	skip_blanks();
	if (*at == '!' && at[1] != '=') {
		at++;
		return !unary();
	}
	if (take("~"))
		return ~unary();
	if (take("-"))
		return (long)(0 - (unsigned long)unary());
	if (take("+"))
		return unary();
	return primary();
}

static const struct operator {
	const char *text;
	int precedence;
} operators[] = {
	{"*", 10}, {"/", 10}, {"%", 10}, {"+", 9}, {"-", 9}, {"<<", 8}, {">>", 8}, {"<=", 7}, {">=", 7}, {"<", 7}, {">", 7},
	{"==", 6}, {"!=", 6}, {"&&", 2}, {"||", 1}, {"&", 5}, {"^", 4}, {"|", 3},
};

/* The operator that comes next, if it is no assignment. */
static const struct operator *next_operator(void)
{
	const struct operator *best = NULL;
	size_t i;

	skip_blanks();
	for (i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t length = strlen(operators[i].text);
		if (strncmp(at, operators[i].text, length) == 0 && (!best || length > strlen(best->text)))
			best = &operators[i];
	}
	if (best && best->precedence != 7 && best->precedence != 6 && at[strlen(best->text)] == '=' && best->precedence > 2)
		return NULL;
	return best;
}

static long calculate(const char *operator, long left, long right)
{
	switch (operator[0]) {
	case '*': return (long)((unsigned long)left * (unsigned long)right);
	case '/':
	case '%':
		if (right == 0) {
			if (is_skipped)
				return 0;
			fail(2, "arithmetic expression: division by zero: \"%s\"", whole);
		}
		if (right == -1)
			return operator[0] == '/' ? (long)(0 - (unsigned long)left) : 0;
		return operator[0] == '/' ? left / right : left % right;
	case '+': return (long)((unsigned long)left + (unsigned long)right);
	case '-': return (long)((unsigned long)left - (unsigned long)right);
	case '^': return left ^ right;
	case '=': return left == right;
	case '!': return left != right;
	case '&': return operator[1] == '&' ? left && right : left & right;
	case '|': return operator[1] == '|' ? left || right : left | right;
	case '<': return operator[1] == '<' ? left << (right & 63) : operator[1] == '=' ? left <= right : left < right;
	}
	return operator[1] == '>' ? left >> (right & 63) : operator[1] == '=' ? left >= right : left > right;
}

static long binary(int least)
{
	long left = unary();

	for (;;) {
		const struct operator *operator = next_operator();
		int was_skipped = is_skipped;
		long right;
		if (!operator || operator->precedence < least)
			return left;
		at += strlen(operator->text);
		if (operator->precedence <= 2)
			is_skipped |= operator->text[0] == '&' ? !left : left != 0;
		right = binary(operator->precedence + 1);
		is_skipped = was_skipped;
		left = calculate(operator->text, left, right);
	}
}

static long conditional(void)
{
	long value = binary(1), other;
	int was_skipped = is_skipped;

	if (!take("?"))
		return value;
	is_skipped = was_skipped || !value;
	other = assignment();
	if (!take(":"))
		wrong("':'");
	is_skipped = was_skipped || value;
	if (value)
		assignment();
	else
		other = assignment();
	is_skipped = was_skipped;
	return other;
}

static long assignment(void)
{
	static const char *const names[] = {"=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="};
	const char *start;
	size_t length, i;

	skip_blanks();
	start = at;
	length = name_length(at);
	at += length;
	skip_blanks();
	for (i = 0; length > 0 && i < sizeof names / sizeof *names; i++) {
		char *name, text[24];
		const char *old;
		long value;
		if (strncmp(at, names[i], strlen(names[i])) != 0 || (i == 0 && at[1] == '='))
			continue;
		at += strlen(names[i]);
		name = arena_copy(start, length);
		value = assignment();
		old = get_variable(name);
		if (i > 0)
			value = calculate(names[i], old && *old ? number_of(old) : 0, value);
		sprintf(text, "%ld", value);
		if (!is_skipped)
			set_variable(name, text);
		return value;
	}
	at = start;
	return conditional();
}

long evaluate_arithmetic(const char *text)
{
	const char *outer = at, *outer_whole = whole;
	long value;

	at = whole = text;
	skip_blanks();
	value = *at ? assignment() : 0;
	skip_blanks();
	if (*at)
		wrong("EOF");
	at = outer;
	whole = outer_whole;
	return value;
}
