// argv and getopt, and the environment.
// args: -v -n 5 file1 file2
// expect: argc 6
// expect: v=1 n=5
// expect: file1 file2
// expect: set one; unset (null)
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	int option, v = 0, n = 0;

	printf("argc %d\n", argc);
	while ((option = getopt(argc, argv, "vn:")) != -1) {
		if (option == 'v')
			v = 1;
		else if (option == 'n')
			n = atoi(optarg);
		else
			return 2;
	}
	printf("v=%d n=%d\n", v, n);
	printf("%s %s\n", argv[optind], argv[optind + 1]);
	setenv("ONE", "one", 1);
	unsetenv("TWO");
	printf("set %s; unset %s\n", getenv("ONE"), getenv("TWO") == NULL ? "(null)" : "?");
	return 0;
}
