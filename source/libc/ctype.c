/* ctype.h for the C locale (isalpha(3), toupper(3)). */
#include <ctype.h>

int isdigit(int c)
{
	return (unsigned)c - '0' < 10;
}

int islower(int c)
{
	return (unsigned)c - 'a' < 26;
}

int isupper(int c)
{
	return (unsigned)c - 'A' < 26;
}

int isalpha(int c)
{
	return ((unsigned)c | 32) - 'a' < 26;
}

int isalnum(int c)
{
	return ((unsigned)c | 32) - 'a' < 26 || (unsigned)c - '0' < 10;
}

int isxdigit(int c)
{
	return (unsigned)c - '0' < 10 || ((unsigned)c | 32) - 'a' < 6;
}

int isspace(int c)
{
	return c == ' ' || (unsigned)c - '\t' < 5;
}

int isblank(int c)
{
	return c == ' ' || c == '\t';
}

int iscntrl(int c)
{
	return (unsigned)c < 32 || c == 127;
}

int isprint(int c)
{
	return (unsigned)c - 32 < 95;
}

int isgraph(int c)
{
	return (unsigned)c - 33 < 94;
}

int ispunct(int c)
{
	return (unsigned)c - 33 < 94 && !isalnum(c);
}

int isascii(int c)
{
	return (unsigned)c < 128;
}

int toascii(int c)
{
	return c & 127;
}

int tolower(int c)
{
	return (unsigned)c - 'A' < 26 ? c + 32 : c;
}

int toupper(int c)
{
	return (unsigned)c - 'a' < 26 ? c - 32 : c;
}
