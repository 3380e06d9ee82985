/* Backslash escapes as echo(1) and printf(1) know them. */
#include "escape.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int digits(const char **text, int base, int most)
{
	int value = 0, count;

	for (count = 0; count < most; count++) {
		int c = tolower((unsigned char)**text);
		int digit = isdigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
		if (digit >= base)
			break;
		value = value * base + digit;
		++*text;
	}
	return value & 255;
}

int escaped_character(const char **text)
{
	static const char letters[] = "abefnrtv\\\"'", values[] = "\a\b\033\f\n\r\t\v\\\"'";
	const char *found;

	if (**text >= '0' && **text <= '7')
		return digits(text, 8, 3);
	if (**text == 'x' && isxdigit((unsigned char)(*text)[1])) {
		++*text;
		return digits(text, 16, 2);
	}
	found = **text ? strchr(letters, **text) : NULL;
	if (!found)
		return -1;
	++*text;
	return (unsigned char)values[found - letters];
}

int put_escaped(const char *text)
{
	while (*text) {
		int c = *text++;
		if (c != '\\') {
			putchar(c);
			continue;
		}
		if (*text == 'c')
			return 1;
		if (*text == '0') {
			text++;
			putchar(digits(&text, 8, 3));
			continue;
		}
		c = *text == '"' || *text == '\'' ? -1 : escaped_character(&text);
		putchar(c < 0 ? '\\' : c);
	}
	return 0;
}
