// Function-like macros, # and ##, conditional compilation, variadic macros, __func__.
// expect: 9 7
// expect: x + 1 = 5
// expect: 12
// expect: debug off
// expect: [main] 1 of 2
// expect: 3
#include <stdio.h>

#define SQUARE(x) ((x) * (x))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define SHOW(expression) printf(#expression " = %d\n", expression)
#define JOIN(a, b) a##b
#define LOG(format, ...) printf("[%s] " format "\n", __func__, __VA_ARGS__)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#if defined(DEBUG) && DEBUG > 1
#define LEVEL "debug on"
#elif !defined(DEBUG)
#define LEVEL "debug off"
#else
#error "not reached"
#endif

int main(void)
{
	int x = 4, xy = 12, list[3];

	printf("%d %d\n", SQUARE(1 + 2), MAX(x, 7));
	SHOW(x + 1);
	printf("%d\n", JOIN(x, y));
	puts(LEVEL);
	LOG("%d of %d", 1, 2);
	printf("%zu\n", COUNT(list));
	return 0;
}
