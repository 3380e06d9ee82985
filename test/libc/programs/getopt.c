// getopt, getopt_long and getopt_long_only with random command lines: results, messages and the order of the arguments.
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static uint64_t state = 88172645463325252ULL;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static const char *const words[] = {
	"-a", "-b", "-c", "-bx", "-cx", "-abc", "--", "x", "y", "-", "--alpha", "--al", "--beta", "--beta=5", "--bet", "--gamma",
	"--gamma=3", "--nope", "--alpha=3", "-z", "-alpha", "-beta", "-W", "alpha", "--flag", "-ab"
};

int main(void)
{
	static const char *const options[] = { "ab:c::", "+ab:c", "-ab:c", ":ab:c:", "W;a", "abc" };
	int flag, i, j, c, index, turns;
	struct option long_options[] = {
		{ "alpha", no_argument, NULL, 'A' }, { "beta", required_argument, NULL, 'B' }, { "betamax", optional_argument, NULL, 'M' },
		{ "gamma", optional_argument, NULL, 'G' }, { "flag", no_argument, &flag, 7 }, { NULL, 0, NULL, 0 }
	};

	dup2(STDOUT_FILENO, STDERR_FILENO);
	for (i = 0; i < 200; i++) {
		char *argv[12] = { (char *)"prog" };
		int argc = 1, kind = (int)(next() % 3);
		const char *wanted = options[next() % 6];
		for (j = (int)(next() % 9); j > 0; j--)
			argv[argc++] = (char *)words[next() % 26];
		printf("%s %d:", wanted, kind);
		for (j = 1; j < argc; j++)
			printf(" %s", argv[j]);
		printf("\n");
		fflush(stdout);
		optind = 0;
		index = -1;
		for (turns = 0; turns < 20; turns++) {
			c = kind == 0 ? getopt(argc, argv, wanted)
				: kind == 1 ? getopt_long(argc, argv, wanted, long_options, &index)
					    : getopt_long_only(argc, argv, wanted, long_options, &index);
			if (c == -1)
				break;
			printf(" %d(%s,%d,%d,%d)", c, optarg ? optarg : "none", optind, c == '?' ? optopt : 0, index);
			fflush(stdout);
		}
		printf(" end %d:", optind);
		for (j = 1; j < argc; j++)
			printf(" %s", argv[j]);
		printf("\n");
		fflush(stdout);
	}
	return 0;
}
