// The status of the program is that of main; atexit functions run backwards before it ends.
// status: 42
// expect: main
// expect: second
// expect: first
#include <stdio.h>
#include <stdlib.h>

static void first(void) { puts("first"); }
static void second(void) { puts("second"); }

int main(void)
{
	atexit(first);
	atexit(second);
	puts("main");
	return 42;
}
