// printf: flags, widths, precisions, length modifiers.
// expect: [   42][42   ][00042][+42][ 42]
// expect: [ff][FF][0xff][377][0377]
// expect: [abc][  abc][abc  ][ab][   ab]
// expect: [x][%][    x]
// expect: -1 4294967295 -5 65535 255
// expect: 9223372036854775807 123456789012 7
// expect: [  005][][0]
// expect: 12345
// expect: 5
#include <limits.h>
#include <stdint.h>
#include <stdio.h>

int main(void)
{
	printf("[%5d][%-5d][%05d][%+d][% d]\n", 42, 42, 42, 42, 42);
	printf("[%x][%X][%#x][%o][%#o]\n", 255, 255, 255, 255, 255);
	printf("[%s][%5s][%-5s][%.2s][%*.*s]\n", "abc", "abc", "abc", "abc", 5, 2, "abc");
	printf("[%c][%%][%5c]\n", 'x', 'x');
	printf("%d %u %hhd %hu %hhu\n", -1, -1, (signed char)-5, (unsigned short)-1, (unsigned char)-1);
	printf("%ld %lld %zu\n", LONG_MAX, 123456789012LL, (size_t)7);
	printf("[%5.3d][%.0d][%d]\n", 5, 0, 0);
	int written;
	printf("12345%n\n", &written);
	printf("%d\n", written);
	return 0;
}
