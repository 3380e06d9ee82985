// A program killed by a signal: 128 + 15, and what it had not flushed is lost.
// status: 143
// expect: flushed
#include <signal.h>
#include <stdio.h>

int main(void)
{
	printf("flushed\n");
	fflush(stdout);
	printf("lost");
	raise(SIGTERM);
	return 0;
}
