// The programs that the bench runs: the same work in C and in Python, so that
// one C text goes through ipctop and through gcc.

export type Work = {readonly name: string; readonly c: string; readonly python: string};

export const works: readonly Work[] = [
	{
		name: 'loop of 10 M turns',
		c: `#include <stdio.h>
int main(void) {
	long sum = 0;
	for (int i = 0; i < 10000000; i++) sum += i & 7;
	printf("%ld\\n", sum);
	return 0;
}
`,
		python: `
def main():
    sum = 0
    i = 0
    while i < 10000000:
        sum += i & 7
        i += 1
    print(sum)
main()
`,
	},
	{
		name: 'fib(27)',
		c: `#include <stdio.h>
int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
int main(void) {
	printf("%d\\n", fib(27));
	return 0;
}
`,
		python: `
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(27))
`,
	},
	{
		name: 'sieve of 1e5',
		c: `#include <stdio.h>
#include <string.h>
static char composite[100001];
int main(void) {
	int count = 0;
	memset(composite, 0, sizeof composite);
	for (int i = 2; i <= 100000; i++) {
		if (composite[i]) continue;
		count++;
		for (int j = i + i; j <= 100000; j += i) composite[j] = 1;
	}
	printf("%d\\n", count);
	return 0;
}
`,
		python: `
def main():
    composite = bytearray(100001)
    count = 0
    for i in range(2, 100001):
        if composite[i]:
            continue
        count += 1
        j = i + i
        while j <= 100000:
            composite[j] = 1
            j += i
    print(count)
main()
`,
	},
];

/** What all the works do besides their work: print a number. */
export const emptyWork: Work = {
	name: 'start and end',
	c: `#include <stdio.h>
int main(void) {
	printf("%d\\n", 0);
	return 0;
}
`,
	python: 'print(0)\n',
};

/** Children that sleep in read() while their parent computes. The arguments: how many, how many turns. */
export const blockedChildren = `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(int argc, char *argv[]) {
	int ends[2], count = atoi(argv[1]), turns = atoi(argv[2]);
	char byte;
	long sum = 0;
	pipe(ends);
	for (int i = 0; i < count; i++) {
		pid_t child = fork();
		if (child < 0) {
			perror("fork");
			return 1;
		}
		if (child == 0) {
			close(ends[1]);
			read(ends[0], &byte, 1);
			_exit(0);
		}
	}
	usleep(1000000); /* All children block meanwhile. */
	for (int i = 0; i < turns; i++) sum += i & 7;
	printf("%ld\\n", sum);
	return 0;
}
`;

/** A translation unit of about 1,000 lines with what textbook programs are made of. */
export const longSource = (): string => {
	const blocks = Array.from({length: 24}, (_, index) => functionBlock(index));
	const calls = blocks.map((_, index) => `\ttotal += work${index}(argc + ${index}, buffer);`);
	return [
		'#include <stdio.h>',
		'#include <stdlib.h>',
		'#include <string.h>',
		'#include <unistd.h>',
		'#define LIMIT 64',
		'#define SQUARE(x) ((x) * (x))',
		'',
		...blocks,
		'int main(int argc, char *argv[]) {',
		'\tchar buffer[LIMIT];',
		'\tlong total = 0;',
		...calls,
		'\tprintf("%ld %s\\n", total, argv[0]);',
		'\treturn 0;',
		'}',
		'',
	].join('\n');
};

const functionBlock = (index: number): string => `/* Work ${index}: some of everything. */
static int table${index}[LIMIT] = {1, 2, 3, ${index}};
static const char *const names${index}[] = {"reader", "writer", "parent ${index}"};

static unsigned long mix${index}(unsigned long value, int shift) {
	value ^= value << shift;
	value ^= value >> (shift / 2 + 1);
	return value * 2654435761ul + ${index};
}

int work${index}(int count, char *buffer) {
	int ends[2];
	int result = 0;
	unsigned long hash = ${index}ul;
	if (pipe(ends) == -1) {
		perror("pipe");
		exit(EXIT_FAILURE);
	}
	for (int i = 0; i < count && i < LIMIT; i++) {
		table${index}[i] += SQUARE(i) % 7;
		hash = mix${index}(hash + table${index}[i], 5);
		switch (i % 3) {
		case 0:
			result += table${index}[i];
			break;
		case 1:
			result -= (int)(hash & 15);
			break;
		default:
			result ^= i;
		}
	}
	while (result > 1000) result /= 2;
	snprintf(buffer, LIMIT, "%s:%d:%lx", names${index}[count % 3], result, hash);
	if (write(ends[1], buffer, strlen(buffer)) < 0) return -1;
	close(ends[0]);
	close(ends[1]);
	return result;
}
`;
