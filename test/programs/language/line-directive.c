// #line moves __LINE__ and renames __FILE__.
// expect: 500 here.y
// expect: 1002 here.y
// expect: 7 here.y
#include <stdio.h>

#define SEVEN 7

int main(void)
{
#line 500 "here.y"
	printf("%d %s\n", __LINE__, __FILE__);
#line 1001

	printf("%d %s\n", __LINE__, __FILE__);
#line SEVEN
	printf("%d %s\n", __LINE__, __FILE__);
	return 0;
}
