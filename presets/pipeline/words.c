/* The first of the pipeline: prints words, at its own pace. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	const char *words[] = {"small", "programs", "joined", "by", "pipes"};

	for (int i = 0; i < 5; i++) {
		usleep(1500);
		puts(words[i]);
		fflush(stdout);
	}
	return 0;
}
