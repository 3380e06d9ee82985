// Random conversion specifications of printf: flags, widths, precisions, lengths, exact doubles.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252ULL;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static double next_double(void)
{
	union {
		uint64_t bits;
		double value;
	} u;

	switch (next() % 5) {
	case 0:
		u.bits = next();
		break;
	case 1:
		u.value = (double)(int64_t)(next() % 2000001 - 1000000) / 1000;
		break;
	case 2:
		u.value = (double)(next() % 100) / 8;
		break;
	case 3:
		u.value = (double)(next() % 100000) * 1e-9;
		break;
	default:
		u.bits = (next() & 0x800fffffffffffffULL) | ((uint64_t)(1023 - 70 + next() % 140) << 52);
	}
	return u.value;
}

static void random_conversion(char *format)
{
	static const char *const lengths[] = { "", "hh", "h", "l", "ll", "z", "j", "t" };
	char text[2000];
	int n = 0, k, result, length = (int)(next() % 8);

	format[n++] = '%';
	for (k = 0; k < 5; k++) {
		if (next() % 4 == 0)
			format[n++] = "-+ #0"[k];
	}
	if (next() % 2)
		n += sprintf(format + n, "%d", (int)(next() % 30));
	if (next() % 3 == 0)
		n += sprintf(format + n, ".%d", (int)(next() % 25));
	if (next() % 2) {
		format[n++] = "feEgGFaA"[next() % 8];
		format[n] = 0;
		result = snprintf(text, sizeof text, format, next_double());
	} else {
		uint64_t value = next() >> (next() % 64);
		n += sprintf(format + n, "%s", lengths[length]);
		format[n++] = "diuxXo"[next() % 6];
		format[n] = 0;
		if (length < 3)
			result = snprintf(text, sizeof text, format, (int)value);
		else
			result = snprintf(text, sizeof text, format, (long)value);
	}
	printf("[%s] %d <%s>\n", format, result, text);
}

int main(void)
{
	static const double values[] = { 1e300, 1e-300, 5e-324, 1.7976931348623157e308, 0.1, 0.5, 2.5, 1e22, 1e23, 9.999999e99 };
	const char *volatile text = "longer than that";
	char format[64], small[8];
	int i, a;
	long b;
	short c;

	for (i = 0; i < 400; i++)
		random_conversion(format);
	for (i = 0; i < 10; i++)
		printf("%.350f\n%.60e\n%.70g\n%#.30g\n%.0f %.0e\n", values[i], values[i], values[i], values[i], values[i], values[i]);
	printf("%2$s %1$d %2$*3$s|\n", 5, "ab", 7);
	printf("abc%n def%ln gh%hn\n", &a, &b, &c);
	printf("%d %ld %d\n", a, b, c);
	printf("%d ", snprintf(small, sizeof small, "%s", text));
	printf("%s %d\n", small, snprintf(NULL, 0, "%d %s", 12345, "abc"));
	printf("%p %s %.3s|%-6s|%6s|%c%5c|%%\n", (void *)0, "text", "text", "ab", "cd", 'x', 'y');
	printf("%*d|%-*d|%.*f|%+d|% d|%x|%#o\n", 6, 42, 6, 42, 2, 3.14159, 7, 7, 255u, 8u);
	return 0;
}
