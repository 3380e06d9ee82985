/* The scanf(3) family, reading a stream byte by byte with one byte of pushback. */
#include "internal.h"
#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { LENGTH_INT, LENGTH_CHAR, LENGTH_SHORT, LENGTH_LONG, LENGTH_LONG_DOUBLE };

struct source {
	FILE *file;
	long count; /* Bytes consumed. */
	int at_end; /* The last attempt to read met the end. */
};

struct directive {
	int suppress;
	int allocate;
	int width; /* INT_MAX if none was given. */
	int length;
	int conversion;
	int position; /* Of "%n$"; 0 for the next argument. */
	int is_negated;
	unsigned char set[256];
};

static int next(struct source *in)
{
	int c = __GETC(in->file);

	in->at_end = c == EOF;
	if (c != EOF)
		in->count++;
	return c;
}

static void back(struct source *in, int c)
{
	if (c != EOF) {
		__ungetc_unlocked(c, in->file);
		in->count--;
	}
}

static void skip_space(struct source *in)
{
	int c;

	do
		c = next(in);
	while (isspace(c));
	back(in, c);
}

static const char *parse_set(const char *p, struct directive *d)
{
	const char *start;
	int negated = *p == '^', i;

	if (negated)
		p++;
	memset(d->set, negated, sizeof d->set);
	for (start = p; *p && (*p != ']' || p == start); p++) {
		int first = (unsigned char)*p, last = first;
		if (p[1] == '-' && p[2] && p[2] != ']') {
			last = (unsigned char)p[2];
			p += 2;
		}
		for (i = first; i <= last; i++)
			d->set[i] = (unsigned char)!negated;
	}
	return *p ? p + 1 : p;
}

static const char *parse_directive(const char *p, struct directive *d)
{
	d->suppress = d->allocate = 0;
	d->width = INT_MAX;
	d->length = LENGTH_INT;
	d->position = p[strspn(p, "0123456789")] == '$' ? atoi(p) : 0;
	if (d->position > 0)
		p = strchr(p, '$') + 1;
	if (*p == '*') {
		d->suppress = 1;
		p++;
	}
	if (isdigit((unsigned char)*p)) {
		for (d->width = 0; isdigit((unsigned char)*p); p++)
			d->width = d->width < 100000000 ? d->width * 10 + (*p - '0') : d->width;
		if (d->width == 0)
			d->width = INT_MAX;
	}
	if (*p == 'm') {
		d->allocate = 1;
		p++;
	}
	for (;; p++) {
		if (*p == 'h')
			d->length = d->length == LENGTH_SHORT ? LENGTH_CHAR : LENGTH_SHORT;
		else if (*p == 'l' || *p == 'q' || *p == 'j' || *p == 'z' || *p == 't')
			d->length = LENGTH_LONG;
		else if (*p == 'L')
			d->length = LENGTH_LONG_DOUBLE;
		else
			break;
	}
	d->conversion = (unsigned char)*p;
	if (*p)
		p++;
	return d->conversion == '[' ? parse_set(p, d) : p;
}

static void store_integer(void *to, int length, long value)
{
	switch (length) {
	case LENGTH_CHAR:
		*(char *)to = (char)value;
		break;
	case LENGTH_SHORT:
		*(short *)to = (short)value;
		break;
	case LENGTH_INT:
		*(int *)to = (int)value;
		break;
	default:
		*(long *)to = value;
	}
}

/* Reads the longest prefix of an integer. Returns its length, or 0 if there is none. */
static int read_integer_text(struct source *in, char *text, int size, int width, int base)
{
	int n = 0, sign = 0, c;

	if (width > size - 1)
		width = size - 1;
	c = width > 0 ? next(in) : EOF;
	if (c == '-' || c == '+') {
		text[n++] = (char)c;
		sign = 1;
		if (n >= width)
			return 0;
		c = next(in);
	}
	if (c == '0' && (base == 0 || base == 16)) {
		text[n++] = (char)c;
		c = n < width ? next(in) : EOF;
		if (n < width && (c | 32) == 'x') {
			text[n++] = (char)c;
			base = 16;
			c = n < width ? next(in) : EOF;
		} else if (base == 0) {
			base = 8;
		}
	}
	if (base == 0)
		base = 10;
	while (n < width && c != EOF && (base == 16 ? isxdigit(c) : (unsigned)c - '0' < (unsigned)base)) {
		text[n++] = (char)c;
		c = n < width ? next(in) : EOF;
	}
	if (n < width)
		back(in, c);
	text[n] = 0;
	return n > sign ? n : 0;
}

/* The letters of "infinity" and "nan", in any case. */
static int read_word(struct source *in, char *text, int n, int width, const char *word)
{
	int c;

	while (*word && n < width) {
		c = next(in);
		if ((c | 32) != *word || c == EOF) {
			back(in, c);
			break;
		}
		text[n++] = (char)c;
		word++;
	}
	return n;
}

static int read_real_text(struct source *in, char *text, int size, int width)
{
	int n = 0, digits = 0, seen_point = 0, seen_exponent = 0, is_hex = 0, start = 0, c;

	if (width > size - 1)
		width = size - 1;
	for (;;) {
		c = n < width ? next(in) : EOF;
		if (n >= width)
			break;
		if ((c == '+' || c == '-') && (n == 0 || (seen_exponent && n == seen_exponent))) {
			if (n == 0)
				start = 1;
		} else if (n == start && ((c | 32) == 'i' || (c | 32) == 'n') && c != EOF) {
			const char *word = (c | 32) == 'i' ? "infinity" : "nan";
			int length;
			text[n++] = (char)c;
			n = read_word(in, text, n, width, word + 1);
			length = n - start;
			text[n] = 0;
			return length == 3 || length == 8 ? n : 0;
		} else if (c == '.' && !seen_point && !seen_exponent) {
			seen_point = 1;
		} else if (digits == 1 && n == start + 1 && text[start] == '0' && (c | 32) == 'x') {
			is_hex = 1;
			digits = 0;
		} else if (digits > 0 && !seen_exponent && (c | 32) == (is_hex ? 'p' : 'e') && c != EOF) {
			seen_exponent = n + 1;
		} else if (c != EOF && (is_hex && !seen_exponent ? isxdigit(c) : isdigit(c))) {
			digits++;
		} else {
			back(in, c);
			break;
		}
		text[n++] = (char)c;
	}
	text[n] = 0;
	return digits > 0 ? n : 0;
}

static int convert_integer(struct source *in, struct directive *d, void *to)
{
	char text[512];
	int c = d->conversion;
	int base = c == 'd' || c == 'u' ? 10 : c == 'i' ? 0 : c == 'o' ? 8 : 16;
	int is_signed = c == 'd' || c == 'i';

	skip_space(in);
	if (in->at_end)
		return EOF;
	if (c == 'p') {
		int first = next(in);
		back(in, first);
		if (first == '(') {
			int i;
			for (i = 0; "(nil)"[i]; i++) {
				if (next(in) != "(nil)"[i])
					return 0;
			}
			if (!d->suppress)
				*(void **)to = NULL;
			return 1;
		}
		d->length = LENGTH_LONG;
	}
	if (!read_integer_text(in, text, sizeof text, d->width, base))
		return in->at_end && in->count == 0 ? EOF : 0;
	if (!d->suppress)
		store_integer(to, d->length, is_signed ? strtol(text, NULL, base) : (long)strtoul(text, NULL, base));
	return 1;
}

static int convert_real(struct source *in, struct directive *d, void *to)
{
	char text[1024];

	skip_space(in);
	if (in->at_end)
		return EOF;
	if (!read_real_text(in, text, sizeof text, d->width))
		return 0;
	if (!d->suppress) {
		if (d->length == LENGTH_INT)
			*(float *)to = strtof(text, NULL);
		else
			*(double *)to = strtod(text, NULL);
	}
	return 1;
}

static int is_wanted(const struct directive *d, int c)
{
	if (d->conversion == 's')
		return !isspace(c);
	return d->conversion == 'c' || d->set[c];
}

/* %s, %c and %[…]. */
static int convert_text(struct source *in, struct directive *d, void *to)
{
	int width = d->conversion == 'c' && d->width == INT_MAX ? 1 : d->width;
	int n = 0, size = 0, c;
	char *text = d->suppress || d->allocate ? NULL : to;

	if (d->conversion == 's')
		skip_space(in);
	while (n < width) {
		c = next(in);
		if (c == EOF)
			break;
		if (!is_wanted(d, c)) {
			back(in, c);
			break;
		}
		if (d->allocate && !d->suppress && n + 1 >= size) {
			char *grown;
			size = size * 2 + 32;
			grown = realloc(text, (size_t)size);
			if (!grown) {
				free(text);
				return EOF;
			}
			text = grown;
		}
		if (text)
			text[n] = (char)c;
		n++;
	}
	if (n == 0 || (d->conversion == 'c' && n < width && in->at_end && n == 0)) {
		free(d->allocate ? text : NULL);
		return in->at_end ? EOF : 0;
	}
	if (text && (d->conversion != 'c' || d->allocate))
		text[n] = 0;
	if (d->allocate && !d->suppress)
		*(char **)to = text;
	return 1;
}

/* %ls, %lc and %l[…]: the bytes as wide characters. */
static int convert_wide_text(struct source *in, struct directive *d, void *to)
{
	struct directive bytes = *d;
	char *text = NULL;
	wchar_t *wide = to;
	size_t length;
	int result;

	bytes.allocate = 1;
	result = convert_text(in, &bytes, &text);
	if (result != 1)
		return result;
	length = mbstowcs(NULL, text, 0);
	if (length == (size_t)-1) {
		free(text);
		return EOF;
	}
	if (d->allocate)
		*(wchar_t **)to = wide = malloc((length + 1) * sizeof *wide);
	if (wide)
		mbstowcs(wide, text, d->conversion == 'c' && !d->allocate ? length : length + 1);
	free(text);
	return wide ? 1 : EOF;
}

/* Returns 1 if converted, 0 on a mismatch, EOF at the end of input before anything was converted. */
static int convert(struct source *in, struct directive *d, void *to)
{
	switch (d->conversion) {
	case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': case 'p':
		return convert_integer(in, d, to);
	case 'e': case 'f': case 'g': case 'a': case 'E': case 'F': case 'G': case 'A':
		return convert_real(in, d, to);
	case 's': case 'c': case '[':
		return d->length == LENGTH_LONG && !d->suppress ? convert_wide_text(in, d, to) : convert_text(in, d, to);
	}
	return 0;
}

/* The argument of "%n$": all of them are pointers. */
static void *argument_at(va_list list, int position)
{
	va_list from;
	void *argument = NULL;

	va_copy(from, list);
	while (position-- > 0)
		argument = va_arg(from, void *);
	va_end(from);
	return argument;
}

static void *next_argument(va_list *list, va_list first, const struct directive *d)
{
	if (d->suppress)
		return NULL;
	return d->position > 0 ? argument_at(first, d->position) : va_arg(*list, void *);
}

static int scan(struct source *in, const char *format, va_list first)
{
	struct directive d;
	va_list list;
	int converted = 0, result, c;

	va_copy(list, first);
	while (*format) {
		if (isspace((unsigned char)*format)) {
			skip_space(in);
			format++;
			continue;
		}
		if (*format != '%' || format[1] == '%') {
			int wanted = (unsigned char)*format;
			if (wanted == '%') {
				format++;
				skip_space(in);
			}
			c = next(in);
			if (c != wanted) {
				back(in, c);
				return c == EOF && converted == 0 ? EOF : converted;
			}
			format++;
			continue;
		}
		format = parse_directive(format + 1, &d);
		if (d.conversion == 'n') {
			if (!d.suppress)
				store_integer(next_argument(&list, first, &d), d.length, in->count);
			continue;
		}
		result = convert(in, &d, next_argument(&list, first, &d));
		if (result <= 0)
			return result == EOF && converted == 0 ? EOF : converted;
		converted += !d.suppress;
	}
	return converted;
}

int vfscanf(FILE *restrict f, const char *restrict format, va_list list)
{
	struct source in;
	int result;

	in.file = f;
	in.count = 0;
	in.at_end = 0;
	__LOCK_FILE(f);
	result = scan(&in, format, list);
	__UNLOCK_FILE(f);
	return result;
}

static const struct __file_backend string_backend;

int vsscanf(const char *restrict s, const char *restrict format, va_list list)
{
	struct source in;
	FILE f;

	memset(&f, 0, sizeof f);
	f.backend = &string_backend;
	f.flags = __F_NO_WRITE | __F_READING | __F_UNBUFFERED | __F_EOF;
	f.buffer = f.tiny;
	f.read_next = (unsigned char *)s;
	f.read_end = f.read_next + strlen(s);
	in.file = &f;
	in.count = 0;
	in.at_end = 0;
	return scan(&in, format, list);
}

int vscanf(const char *restrict format, va_list list)
{
	return vfscanf(stdin, format, list);
}

int scanf(const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vfscanf(stdin, format, list);
	va_end(list);
	return result;
}

int fscanf(FILE *restrict f, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vfscanf(f, format, list);
	va_end(list);
	return result;
}

int sscanf(const char *restrict s, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vsscanf(s, format, list);
	va_end(list);
	return result;
}
