// strtod, strtof, strtol and strtoul on random and on awkward text: value bits, end and errno.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252ULL;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void show(const char *text)
{
	char *end;
	double value;
	float single;
	uint64_t bits;
	uint32_t single_bits;

	errno = 0;
	value = strtod(text, &end);
	memcpy(&bits, &value, 8);
	printf("%016lx %d %d ", (unsigned long)bits, (int)(end - text), errno);
	errno = 0;
	single = strtof(text, NULL);
	memcpy(&single_bits, &single, 4);
	printf("%08x %d\n", single_bits, errno);
}

static void random_real(char *text)
{
	int n = 0, k, kind = (int)(next() % 4);

	if (next() % 4 == 0)
		text[n++] = "+-"[next() % 2];
	if (kind == 3)
		n += sprintf(text + n, "0x");
	for (k = (int)(next() % (kind == 1 ? 40 : 18)); k > 0; k--)
		text[n++] = kind == 3 ? "0123456789abcdefF"[next() % 17] : (char)('0' + next() % 10);
	if (next() % 2) {
		text[n++] = '.';
		for (k = (int)(next() % 20); k > 0; k--)
			text[n++] = (char)('0' + next() % 10);
	}
	if (kind == 3)
		n += sprintf(text + n, "p%d", (int)(next() % 2300) - 1150);
	else if (next() % 2)
		n += sprintf(text + n, "e%d", (int)(next() % (kind == 2 ? 700 : 60)) - (kind == 2 ? 350 : 30));
	text[n] = 0;
}

static void random_integer(char *text)
{
	int n = 0, k, base = (int[]){ 0, 10, 16, 8, 2, 36 }[next() % 6];
	char *end;

	if (next() % 5 == 0)
		text[n++] = ' ';
	if (next() % 3 == 0)
		text[n++] = "+-"[next() % 2];
	if (next() % 3 == 0)
		n += sprintf(text + n, next() % 2 ? "0x" : "0");
	for (k = (int)(next() % 24); k > 0; k--)
		text[n++] = "0123456789abcdefghz"[next() % (next() % 3 ? 10 : 19)];
	text[n] = 0;
	errno = 0;
	printf("%ld ", strtol(text, &end, base));
	printf("%d %d ", (int)(end - text), errno);
	errno = 0;
	printf("%lu ", strtoul(text, &end, base));
	printf("%d %d %d\n", (int)(end - text), errno, atoi(text));
}

int main(void)
{
	static const char *const awkward[] = {
		"inf", "-INFINITY", "nan", "nan()", "nan(", "infinit", ".", "e5", "", "-", ".e1", "0x", "0x.p1", "0x1p", "1e", "1e+",
		"4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1.7976931348623159e308",
		"2.2250738585072011e-308", "9007199254740993", "9007199254740992.5", "1e400", "1e-400", "0e999999999"
	};
	char text[200];
	unsigned int i;

	for (i = 0; i < sizeof awkward / sizeof awkward[0]; i++)
		show(awkward[i]);
	for (i = 0; i < 150; i++) {
		random_real(text);
		show(text);
	}
	for (i = 0; i < 150; i++)
		random_integer(text);
	return 0;
}
