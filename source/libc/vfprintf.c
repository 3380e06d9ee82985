/* The conversions of printf(3). A format is walked once; what it yields goes to a stream or to a bounded string. */
#include "internal.h"
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#define FLAG_LEFT 1
#define FLAG_PLUS 2
#define FLAG_SPACE 4
#define FLAG_ALTERNATIVE 8
#define FLAG_ZERO 16

/* Length modifiers, by the size of what they mean. */
enum { LENGTH_INT, LENGTH_CHAR, LENGTH_SHORT, LENGTH_LONG, LENGTH_LONG_DOUBLE };

struct sink {
	FILE *file; /* Or: */
	char *next;
	char *end;
	long total;
	int failed;
};

struct spec {
	int flags;
	int width;
	int precision; /* -1: none given. */
	int length;
	int conversion;
};

union argument {
	long integer;
	double real;
	void *pointer;
};

/* Arguments are read in order, or all at once if the format numbers them (%2$d). */
struct arguments {
	va_list list;
	const char *format;
	int is_numbered;
	union argument values[NL_ARGMAX > 32 ? 32 : NL_ARGMAX];
};

static void emit(struct sink *o, const char *s, size_t n)
{
	o->total += (long)n;
	if (o->file) {
		FILE *f = o->file;
		unsigned char *to = f->write_next;
		if (to < f->write_end && (size_t)(f->write_end - to) > n) {
			__builtin_memcopy(to, s, (long)n);
			f->write_next = to + n;
		} else if (__fwrite_unlocked(s, n, f) != n) {
			o->failed = 1;
		}
	} else {
		char *to = o->next;
		size_t room = (size_t)(o->end - to);
		if (n > room)
			n = room;
		__builtin_memcopy(to, s, (long)n);
		o->next = to + n;
	}
}

static void pad(struct sink *o, int c, long n)
{
	static const char blanks[] = "                ", zeros[] = "0000000000000000";

	const char *text = c == '0' ? zeros : blanks;

	for (; n > 16; n -= 16)
		emit(o, text, 16);
	if (n > 0)
		emit(o, text, (size_t)n);
}

/* Prefix (sign or 0x), zeros and digits in a field. */
static void put_field(struct sink *o, const struct spec *s, const char *prefix, int prefix_length, long zeros, const char *text, long length)
{
	long blank = s->width - prefix_length - zeros - length;

	if (blank > 0) {
		if (s->flags & FLAG_LEFT)
			;
		else if (s->flags & FLAG_ZERO)
			zeros += blank;
		else
			pad(o, ' ', blank);
	}
	if (prefix_length > 0)
		emit(o, prefix, (size_t)prefix_length);
	if (zeros > 0)
		pad(o, '0', zeros);
	emit(o, text, (size_t)length);
	if (blank > 0 && (s->flags & FLAG_LEFT))
		pad(o, ' ', blank);
}

/* Writes the digits so that they end at `end`; returns where they begin. */
static char *decimal_digits(char *end, unsigned long value)
{
	unsigned int low, rest;

	while (value >> 32) {
		*--end = (char)('0' + value % 10);
		value /= 10;
	}
	for (low = (unsigned int)value; low >= 10; low = rest) {
		rest = low / 10;
		*--end = (char)('0' + (low - rest * 10));
	}
	*--end = (char)('0' + low);
	return end;
}

static char *binary_digits(char *end, unsigned long value, int shift, int is_upper)
{
	const char *digits = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";

	do
		*--end = digits[value & ((1u << shift) - 1)];
	while (value >>= shift);
	return end;
}

static void put_integer(struct sink *o, struct spec *s, unsigned long value, int is_negative)
{
	char buffer[24], prefix[4], *end = buffer + sizeof buffer, *digits;
	int prefix_length = 0, c = s->conversion;
	long zeros;

	if (c == 'd' || c == 'i') {
		if (is_negative)
			prefix[prefix_length++] = '-';
		else if (s->flags & FLAG_PLUS)
			prefix[prefix_length++] = '+';
		else if (s->flags & FLAG_SPACE)
			prefix[prefix_length++] = ' ';
	} else if ((c | 32) == 'x' && (s->flags & FLAG_ALTERNATIVE) && value != 0) {
		prefix[prefix_length++] = '0';
		prefix[prefix_length++] = (char)c;
	} else if (c == 'p') {
		if (s->flags & (FLAG_PLUS | FLAG_SPACE))
			prefix[prefix_length++] = s->flags & FLAG_PLUS ? '+' : ' ';
		prefix[prefix_length++] = '0';
		prefix[prefix_length++] = 'x';
	}
	if (value == 0 && s->precision == 0)
		digits = end;
	else if ((c | 32) == 'x' || c == 'p')
		digits = binary_digits(end, value, 4, c == 'X');
	else if (c == 'o')
		digits = binary_digits(end, value, 3, 0);
	else
		digits = decimal_digits(end, value);
	if (s->precision >= 0)
		s->flags &= ~FLAG_ZERO;
	zeros = s->precision - (end - digits);
	if (zeros < 0)
		zeros = 0;
	if (c == 'o' && (s->flags & FLAG_ALTERNATIVE) && zeros == 0 && (digits == end || *digits != '0'))
		zeros = 1;
	put_field(o, s, prefix, prefix_length, zeros, digits, end - digits);
}

static void put_text(struct sink *o, struct spec *s, const char *text)
{
	size_t length;

	if (!text)
		text = s->precision < 0 || s->precision >= 6 ? "(null)" : "";
	length = s->precision < 0 ? strlen(text) : strnlen(text, (size_t)s->precision);
	s->flags &= ~FLAG_ZERO;
	put_field(o, s, NULL, 0, 0, text, (long)length);
}

static void put_wide_text(struct sink *o, struct spec *s, const wchar_t *text)
{
	size_t n = 0, i, length, total = 0, limit = s->precision < 0 ? (size_t)-1 : (size_t)s->precision;
	char bytes[MB_LEN_MAX];

	if (!text) {
		put_text(o, s, NULL);
		return;
	}
	/* Width and precision count bytes, and no character is cut. */
	for (; text[n] && (length = wcrtomb(bytes, text[n], NULL)) != (size_t)-1 && total + length <= limit; n++)
		total += length;
	if (text[n] && length == (size_t)-1)
		o->failed = 1;
	s->width -= (int)total;
	if (!(s->flags & FLAG_LEFT))
		pad(o, ' ', s->width);
	for (i = 0; i < n; i++)
		emit(o, bytes, wcrtomb(bytes, text[i], NULL));
	if (s->flags & FLAG_LEFT)
		pad(o, ' ', s->width);
}

static void put_pointer(struct sink *o, struct spec *s, void *p)
{
	if (!p) {
		s->precision = -1;
		put_text(o, s, "(nil)");
		return;
	}
	put_integer(o, s, (unsigned long)p, 0);
}

static void put_double(struct sink *o, struct spec *s, double value)
{
	char stack[1500], *text = stack, prefix[3];
	union { double value; unsigned long bits; } u;
	int prefix_length = 0, length, is_upper = s->conversion < 'a';

	u.value = value;
	if (u.bits >> 63) {
		prefix[prefix_length++] = '-';
		u.bits &= ~(1UL << 63);
	} else if (s->flags & FLAG_PLUS) {
		prefix[prefix_length++] = '+';
	} else if (s->flags & FLAG_SPACE) {
		prefix[prefix_length++] = ' ';
	}
	if ((u.bits >> 52) == 0x7ff) {
		s->flags &= ~FLAG_ZERO;
		if (u.bits << 12)
			text = is_upper ? "NAN" : "nan";
		else
			text = is_upper ? "INF" : "inf";
		put_field(o, s, prefix, prefix_length, 0, text, 3);
		return;
	}
	if (s->precision > 1000) {
		text = malloc((size_t)s->precision + 400);
		if (!text) {
			o->failed = 1;
			return;
		}
	}
	length = __format_double(text, u.value, s->conversion, s->precision, (s->flags & FLAG_ALTERNATIVE) != 0);
	if ((s->conversion | 32) == 'a') {
		/* Zeros of padding come after the 0x. */
		prefix[prefix_length++] = text[0];
		prefix[prefix_length++] = text[1];
		put_field(o, s, prefix, prefix_length, 0, text + 2, length - 2);
	} else {
		put_field(o, s, prefix, prefix_length, 0, text, length);
	}
	if (text != stack)
		free(text);
}

static int parse_number(const char **format)
{
	const char *p = *format;
	int n = 0;

	while ((unsigned)*p - '0' < 10) {
		if (n > (INT_MAX - 9) / 10) {
			n = -1;
			break;
		}
		n = n * 10 + (*p++ - '0');
	}
	*format = p;
	return n;
}

/* Parses "N$"; returns N, or 0 and leaves *format alone. */
static int parse_position(const char **format)
{
	const char *p = *format;
	int n = parse_number(&p);

	if (n <= 0 || *p != '$')
		return 0;
	*format = p + 1;
	return n;
}

static union argument take(struct arguments *a, int position, int conversion, int length)
{
	union argument value;

	if (a->is_numbered && position > 0)
		return a->values[position <= 32 ? position - 1 : 31];
	switch (conversion) {
	case 'e': case 'f': case 'g': case 'a': case 'E': case 'F': case 'G': case 'A':
		value.real = length == LENGTH_LONG_DOUBLE ? (double)va_arg(a->list, long double) : va_arg(a->list, double);
		break;
	case 's': case 'S': case 'p': case 'n':
		value.pointer = va_arg(a->list, void *);
		break;
	default:
		if (length == LENGTH_LONG || length == LENGTH_LONG_DOUBLE)
			value.integer = va_arg(a->list, long);
		else
			value.integer = va_arg(a->list, int);
	}
	return value;
}

static void collect_numbered(struct arguments *a);

static const char *parse_length(const char *p, int *length)
{
	*length = LENGTH_INT;
	for (;; p++) {
		switch (*p) {
		case 'h':
			*length = *length == LENGTH_SHORT ? LENGTH_CHAR : LENGTH_SHORT;
			break;
		case 'l': case 'q': case 'j': case 'z': case 'Z': case 't':
			*length = LENGTH_LONG;
			break;
		case 'L':
			*length = LENGTH_LONG_DOUBLE;
			break;
		default:
			return p;
		}
	}
}

static int flag_of(int c)
{
	switch (c) {
	case '-':
		return FLAG_LEFT;
	case '+':
		return FLAG_PLUS;
	case ' ':
		return FLAG_SPACE;
	case '#':
		return FLAG_ALTERNATIVE;
	case '0':
		return FLAG_ZERO;
	case '\'': case 'I':
		return 32; /* Accepted; the C locale has neither. */
	}
	return 0;
}

/* `*` as a width or precision: the next argument, or a numbered one. */
static int take_amount(const char **format, struct arguments *a)
{
	++*format;
	return (int)take(a, parse_position(format), 'd', LENGTH_INT).integer;
}

/* Parses what follows the '%'. Returns the position of its argument, or -1 if a number is too large. */
static int parse_spec(const char **format, struct spec *s, struct arguments *a)
{
	const char *p = *format;
	int position = 0, flags = 0, width = 0, precision = -1, length = LENGTH_INT, flag;

	if ((unsigned)*p - '1' < 9) {
		position = parse_position(format);
		p = *format;
		if (position > 0 && !a->is_numbered)
			collect_numbered(a);
	}
	while ((*p <= '0' || *p == 'I') && (flag = flag_of(*p))) {
		flags |= flag;
		p++;
	}
	if (*p == '*') {
		*format = p;
		width = take_amount(format, a);
		p = *format;
		if (width < 0) {
			flags |= FLAG_LEFT;
			width = -width;
		}
	} else {
		for (; (unsigned)*p - '0' < 10 && width >= 0; p++)
			width = width > (INT_MAX - 9) / 10 ? -1 : width * 10 + (*p - '0');
		if (width < 0)
			return -1;
	}
	if (*p == '.') {
		if (*++p == '*') {
			*format = p;
			precision = take_amount(format, a);
			p = *format;
			if (precision < 0)
				precision = -1;
		} else {
			for (precision = 0; (unsigned)*p - '0' < 10 && precision >= 0; p++)
				precision = precision > (INT_MAX - 9) / 10 ? -1 : precision * 10 + (*p - '0');
			if (precision < 0)
				return -1;
		}
	}
	switch (*p) {
	case 'h': case 'l': case 'q': case 'j': case 'z': case 'Z': case 't': case 'L':
		p = parse_length(p, &length);
	}
	s->flags = flags;
	s->width = width;
	s->precision = precision;
	s->length = length;
	s->conversion = *p;
	*format = *p ? p + 1 : p;
	return position;
}

static void store_count(void *to, int length, long total)
{
	switch (length) {
	case LENGTH_CHAR:
		*(signed char *)to = (signed char)total;
		break;
	case LENGTH_SHORT:
		*(short *)to = (short)total;
		break;
	case LENGTH_INT:
		*(int *)to = (int)total;
		break;
	default:
		*(long *)to = total;
	}
}

static void put_signed(struct sink *o, struct spec *s, long value)
{
	if (s->length == LENGTH_CHAR)
		value = (signed char)value;
	else if (s->length == LENGTH_SHORT)
		value = (short)value;
	put_integer(o, s, value < 0 ? -(unsigned long)value : (unsigned long)value, value < 0);
}

static void put_unsigned(struct sink *o, struct spec *s, unsigned long value)
{
	if (s->length == LENGTH_CHAR)
		value = (unsigned char)value;
	else if (s->length == LENGTH_SHORT)
		value = (unsigned short)value;
	else if (s->length == LENGTH_INT)
		value = (unsigned int)value;
	put_integer(o, s, value, 0);
}

static void put_char(struct sink *o, struct spec *s, int c, int is_wide)
{
	char text[MB_LEN_MAX] = { (char)c };
	size_t length = is_wide ? wcrtomb(text, c, NULL) : 1;

	s->flags &= ~FLAG_ZERO;
	if (length == (size_t)-1)
		o->failed = 1;
	else
		put_field(o, s, NULL, 0, 0, text, (long)length);
}

/* Carries out one conversion; returns 0 if there is none of that letter. */
static int convert(struct sink *o, struct spec *s, struct arguments *a, int position, int saved_errno)
{
	int c = s->conversion;

	switch (c) {
	case 'd': case 'i':
		put_signed(o, s, take(a, position, c, s->length).integer);
		return 1;
	case 'u': case 'x': case 'X': case 'o':
		put_unsigned(o, s, (unsigned long)take(a, position, c, s->length).integer);
		return 1;
	case 'c': case 'C':
		put_char(o, s, (int)take(a, position, 'c', LENGTH_INT).integer, c == 'C' || s->length == LENGTH_LONG);
		return 1;
	case 's':
		if (s->length == LENGTH_LONG)
			put_wide_text(o, s, take(a, position, c, 0).pointer);
		else
			put_text(o, s, take(a, position, c, 0).pointer);
		return 1;
	case 'S':
		put_wide_text(o, s, take(a, position, c, 0).pointer);
		return 1;
	case 'p':
		put_pointer(o, s, take(a, position, c, 0).pointer);
		return 1;
	case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
		put_double(o, s, take(a, position, c, s->length).real);
		return 1;
	case 'm':
		if (s->flags & FLAG_ALTERNATIVE)
			put_text(o, s, strerrorname_np(saved_errno));
		else
			put_text(o, s, strerror(saved_errno));
		return 1;
	case 'n':
		store_count(take(a, position, c, 0).pointer, s->length, o->total);
		return 1;
	case '%':
		emit(o, "%", 1);
		return 1;
	}
	return 0;
}

/* For formats such as "%2$s %1$d": finds the type of every argument and reads them all. */
static void collect_numbered(struct arguments *a)
{
	char conversions[32], lengths[32];
	int i, count = 0;
	const char *p;

	memset(conversions, 0, sizeof conversions);
	memset(lengths, 0, sizeof lengths);
	for (p = a->format; *p;) {
		int position;
		if (*p++ != '%')
			continue;
		if (*p == '%') {
			p++;
			continue;
		}
		position = parse_position(&p);
		while (*p && (flag_of(*p) || *p == '.' || (unsigned)*p - '0' < 10 || *p == '*')) {
			if (*p++ == '*') {
				int star = parse_position(&p);
				if (star > 0 && star <= 32) {
					conversions[star - 1] = 'd';
					count = star > count ? star : count;
				}
			}
		}
		if (position > 0 && position <= 32) {
			int length;
			p = parse_length(p, &length);
			conversions[position - 1] = *p;
			lengths[position - 1] = (char)length;
			count = position > count ? position : count;
		}
	}
	for (i = 0; i < count; i++)
		a->values[i] = take(a, 0, conversions[i], lengths[i]);
	a->is_numbered = 1;
}

/* By far the most frequent conversions, without flags and width. */
static void put_plain_integer(struct sink *o, int value)
{
	char buffer[12], *end = buffer + sizeof buffer, *p = end;
	unsigned int low = value < 0 ? -(unsigned int)value : (unsigned int)value, rest;

	for (; low >= 10; low = rest) {
		rest = low / 10;
		*--p = (char)('0' + (low - rest * 10));
	}
	*--p = (char)('0' + low);
	if (value < 0)
		*--p = '-';
	emit(o, p, (size_t)(end - p));
}

static void put_plain_text(struct sink *o, const char *text)
{
	if (!text)
		text = "(null)";
	emit(o, text, strlen(text));
}

static int print(struct sink *o, const char *format, struct arguments *a)
{
	int saved_errno = __SELF->error, position;
	struct spec s;

	for (;;) {
		const char *start = format;
		char c = *format;
		while (c != '%' && c)
			c = *++format;
		if (format != start)
			emit(o, start, (size_t)(format - start));
		if (!c)
			break;
		start = format++;
		c = *format;
		if (c == 'd' && !a->is_numbered) {
			put_plain_integer(o, va_arg(a->list, int));
			format++;
			continue;
		}
		if (c == 's' && !a->is_numbered) {
			put_plain_text(o, va_arg(a->list, char *));
			format++;
			continue;
		}
		position = parse_spec(&format, &s, a);
		if (position < 0) {
			errno = EOVERFLOW;
			return -1;
		}
		if (s.conversion == 0) {
			errno = EINVAL;
			return -1;
		}
		if (!convert(o, &s, a, position, saved_errno))
			emit(o, start, (size_t)(format - start));
	}
	if (o->failed)
		return -1;
	if (o->total > INT_MAX) {
		errno = EOVERFLOW;
		return -1;
	}
	return (int)o->total;
}

static int print_list(struct sink *o, const char *format, va_list list)
{
	struct arguments a;
	int result;

	a.is_numbered = 0;
	a.format = format;
	va_copy(a.list, list);
	result = print(o, format, &a);
	va_end(a.list);
	return result;
}

int vsnprintf(char *restrict s, size_t size, const char *restrict format, va_list list)
{
	struct sink o;
	int result;

	memset(&o, 0, sizeof o);
	if (size > 0) {
		o.next = s;
		/* A size "without limit" may reach past the end of all memory. */
		o.end = (unsigned long)s + (size - 1) < (unsigned long)s ? (char *)-1 : s + (size - 1);
	}
	result = print_list(&o, format, list);
	if (size > 0)
		*o.next = 0;
	return result;
}

int vsprintf(char *restrict s, const char *restrict format, va_list list)
{
	return vsnprintf(s, (size_t)-1, format, list);
}

/* To an unbuffered stream, the whole text goes by one write(2) if it fits a buffer. */
static int print_unbuffered(FILE *f, const char *format, va_list list)
{
	char buffer[BUFSIZ];
	FILE copy;
	struct sink o;
	int result;

	memset(&copy, 0, sizeof copy);
	copy.fd = f->fd;
	copy.backend = f->backend;
	copy.cookie = f->cookie;
	copy.flags = __F_NO_READ | __F_WRITING;
	copy.buffer = copy.write_next = (unsigned char *)buffer;
	copy.buffer_size = sizeof buffer;
	copy.write_end = copy.buffer + sizeof buffer;
	memset(&o, 0, sizeof o);
	o.file = &copy;
	result = print_list(&o, format, list);
	if (__flush(&copy))
		result = -1;
	f->flags |= copy.flags & __F_ERROR;
	return result;
}

int vfprintf(FILE *restrict f, const char *restrict format, va_list list)
{
	struct sink o;
	int result;

	__LOCK_FILE(f);
	if (f->flags & (__F_NO_WRITE | __F_WIDE)) {
		if (f->flags & __F_NO_WRITE) {
			errno = EBADF;
			f->flags |= __F_ERROR;
		}
		result = -1;
	} else if (f->flags & __F_UNBUFFERED) {
		result = print_unbuffered(f, format, list);
	} else {
		o.file = f;
		o.next = o.end = NULL;
		o.total = 0;
		o.failed = 0;
		result = print_list(&o, format, list);
	}
	__UNLOCK_FILE(f);
	return result;
}

int vdprintf(int fd, const char *restrict format, va_list list)
{
	FILE f;

	memset(&f, 0, sizeof f);
	f.fd = fd;
	f.flags = __F_NO_READ;
	return print_unbuffered(&f, format, list);
}
