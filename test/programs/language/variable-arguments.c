// Functions with a variable number of arguments of their own.
// expect: 10
// expect: a=1 b=-2 c=x d=2.5
// expect: <7, seven>
// expect: a value of some kind
#include <stdarg.h>
#include <stdio.h>

static int sum(int count, ...)
{
	va_list list;
	int total = 0;

	va_start(list, count);
	while (count-- > 0)
		total += va_arg(list, int);
	va_end(list);
	return total;
}

static void show(const char *kinds, ...)
{
	va_list list;

	va_start(list, kinds);
	for (char name = 'a'; *kinds != '\0'; kinds++, name++) {
		printf("%s%c=", name == 'a' ? "" : " ", name);
		switch (*kinds) {
		case 'i': printf("%d", va_arg(list, int)); break;
		case 'l': printf("%ld", va_arg(list, long)); break;
		case 'c': putchar(va_arg(list, int)); break;
		case 'd': printf("%.1f", va_arg(list, double)); break;
		}
	}
	printf("\n");
	va_end(list);
}

static void bracketed(const char *format, ...)
{
	char text[32];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	printf("<%s>\n", text);
}

/* One too many is asked for: nobody knows what comes, but something does. */
static void one_more(const char *text, ...)
{
	va_list list;
	volatile int value;

	va_start(list, text);
	value = va_arg(list, int);
	va_end(list);
	(void)value;
	printf("%s\n", text);
}

int main(void)
{
	printf("%d\n", sum(4, 1, 2, 3, 4));
	show("ilcd", 1, -2L, 'x', 2.5);
	bracketed("%d, %s", 7, "seven");
	one_more("a value of some kind");
	return 0;
}
