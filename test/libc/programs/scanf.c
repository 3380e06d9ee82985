// sscanf with random input against formats of all kinds: the result and every byte stored.
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

int main(void)
{
	static const char *const formats[] = {
		"%d%n", "%i %d", "%x,%o", "%5d%3d", "%s %s", "%3s%c%n", "%[0-9]%[^,]", "%lf%n", "%f %f", "%*d %d", "%hhd%hd%ld",
		"%2c%d", "%u%%%d", "%[]a-]%d", "%d,%d", "%p", "%4lf%s", "a%db%d", "%i%i%n", "%3x%n", "%[^a-f]%n", "% d %n"
	};
	union {
		unsigned char bytes[24];
		long align;
	} values[4];
	char text[32];
	int i, j, k, n, result;

	for (i = 0; i < 600; i++) {
		const char *format = formats[next() % 22];
		for (n = 0, k = (int)(next() % 14); k > 0; k--)
			text[n++] = "0123456789+-.exXinfabAN  \t%,"[next() % 28];
		text[n] = 0;
		memset(values, 0, sizeof values);
		result = sscanf(text, format, &values[0], &values[1], &values[2], &values[3]);
		printf("<%s> %s %d:", text, format, result);
		for (j = 0; j < 4; j++) {
			printf(" ");
			for (k = 0; k < 8; k++)
				printf("%02x", values[j].bytes[k]);
		}
		printf("\n");
	}
	return 0;
}
