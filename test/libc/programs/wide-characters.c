/* Wide characters: conversions, classes, strings, numbers, streams. In the C locale first, then in C.UTF-8. */
#define _GNU_SOURCE
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>
#include <wctype.h>

static void conversions(void)
{
	char bytes[40];
	wchar_t wide[20], c;
	mbstate_t state;
	const char *from = "a\xc3\xa9\xe2\x82\xac";
	const wchar_t *source = L"x\u00e9";

	printf("%d", (int)MB_CUR_MAX);
	printf(" %s\n", nl_langinfo(CODESET));
	errno = 0;
	printf("%d", (int)mbstowcs(wide, "h\xc3\xa9", 20));
	printf(" %d\n", errno == EILSEQ);
	printf("%d %d\n", mblen("\xc3\xa9", 2), mblen("a", 1));
	printf("%d\n", (int)wcstombs(bytes, L"h\u00e9\U0001F600", sizeof bytes));
	memset(&state, 0, sizeof state);
	printf("%d", (int)mbrtowc(&c, "\xe2", 1, &state));
	printf(" %d", mbsinit(&state) != 0);
	memset(&state, 0, sizeof state);
	printf(" %d", (int)mbsrtowcs(wide, &from, 20, &state));
	printf(" %d\n", from == NULL);
	printf("%d", (int)wcsrtombs(bytes, &source, 2, NULL));
	printf(" %d\n", (int)mbrlen("\xc3", 1, NULL) < 0);
	printf("%d %d %d\n", btowc('a'), btowc(0xe9) == WEOF, wctob(0xe9));
}

static void classes(void)
{
	static const wchar_t all[] = { L'a', L'Z', L'5', L' ', L'!', 0x7f, 0xe9, 0xc9, 0xd7, 0x416, 0x4e2d, 0x2003, 0x301 };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		wint_t c = (wint_t)all[i];
		printf("%x:%d%d%d%d%d%d%d%d%d %x %x %d\n", c, !!iswalpha(c), !!iswupper(c), !!iswlower(c), !!iswdigit(c), !!iswspace(c),
		       !!iswpunct(c), !!iswcntrl(c), !!iswprint(c), !!iswctype(c, wctype("alnum")), towupper(c),
		       towctrans(c, wctrans("tolower")), wcwidth(all[i]));
	}
	printf("%d %d\n", wcswidth(L"a\u4e2d", 2), wctype("none") == 0);
}

static void strings(void)
{
	wchar_t text[40], *rest, *word;
	struct tm day = { .tm_year = 124, .tm_mon = 1, .tm_mday = 29 };
	wchar_t *copy = wcsdup(L"copy");

	wcscpy(text, L"one, two;three");
	for (word = wcstok(text, L",; ", &rest); word; word = wcstok(NULL, L",; ", &rest))
		printf("<%ls>", word);
	printf(" %ls\n", copy);
	free(copy);
	printf("%ls %ls %d %d\n", wcsstr(L"haystack", L"st"), wcspbrk(L"hello", L"ol"), (int)wcsspn(L"aab", L"a"), (int)wcscspn(L"aab", L"b"));
	printf("%d %d %d\n", wcscasecmp(L"HeLLo", L"hEllO"), wcsncasecmp(L"abX", L"ABy", 2), wcsncasecmp(L"abX", L"ABy", 3) < 0);
	printf("%ld", wcstol(L"  -42xyz", &rest, 10));
	printf(" %ls", rest);
	printf(" %lu %g", wcstoul(L"0x1f", NULL, 0), wcstod(L"1.5e1z", &rest));
	printf(" %ls\n", rest);
	wcsncat(wcscpy(text, L"ab"), L"cdef", 2);
	printf("%ls %d %d\n", text, (int)wcsnlen(text, 3), wmemcmp(L"ab", L"ac", 2) < 0);
	printf("%ls %ls\n", wmemchr(text, L'c', 4), wmempcpy(text, L"XY", 2));
	printf("%d ", (int)wcsftime(text, 40, L"%Y-%m-%d", &day));
	printf("%ls\n", text);
}

static void formats(void)
{
	wchar_t text[40];
	int number, last;
	char bytes[10];
	wchar_t word[10];

	printf("%d ", swprintf(text, 40, L"%05d|%-5ls|%s|%c", 42, L"ab", "narrow", 'c'));
	printf("%ls %d\n", text, swprintf(text, 4, L"too long"));
	printf("%d ", swscanf(L"12 abc def 3", L"%d %ls %s %d", &number, word, bytes, &last));
	printf("%d %ls %s %d\n", number, word, bytes, last);
	printf("[%5ls|%-5ls|%.2ls|%lc]\n", L"ab", L"ab", L"abc", (wint_t)L'c');
	printf("%d\n", sscanf("wide", "%ls", word));
	printf("%ls\n", word);
}

static void streams(void)
{
	FILE *stream = tmpfile();
	wchar_t line[20];
	wint_t c;

	printf("%d ", fwide(stream, 0));
	fputws(L"one two\nthree\n", stream);
	fwprintf(stream, L"%d %ls\n", 5, L"five");
	printf("%d %d %d\n", fwide(stream, 0) > 0, fwide(stream, -1) > 0, fprintf(stream, "lost"));
	rewind(stream);
	printf("%ls", fgetws(line, 20, stream));
	c = fgetwc(stream);
	printf("%lc", c);
	ungetwc(L'T', stream);
	printf("%ls", fgetws(line, 20, stream));
	printf("%d", fwscanf(stream, L"%d", &(int){ 0 }));
	printf("%ls", fgetws(line, 20, stream));
	printf("%d %d\n", fgetwc(stream) == WEOF, feof(stream) != 0);
	fclose(stream);
}

int main(void)
{
	printf("%s\n", setlocale(LC_ALL, NULL));
	conversions();
	classes();
	strings();
	formats();
	streams();
	printf("%d %d\n", setlocale(LC_ALL, "xx_YY") == NULL, setlocale(99, "C") == NULL);
	printf("%s\n", setlocale(LC_CTYPE, "C.UTF-8"));
	printf("%s\n", setlocale(LC_NUMERIC, NULL));
	printf("%s\n", setlocale(LC_ALL, "C.UTF-8"));
	conversions();
	classes();
	strings();
	formats();
	streams();
	printf("[%ls|%5ls|%.3ls|%lc]\n", L"\u00e9t\u00e9", L"\u00e9", L"\u20ac\u20ac", (wint_t)L'\u20ac');
	printf("%d %d\n", WCHAR_MIN, WCHAR_MAX);
	return 0;
}
