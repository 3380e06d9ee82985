/* Characters of 16 and 32 bits (mbrtoc32(3)). A character of 32 bits is a wide character; 16 bits have room for those of
   the basic plane. */
#include <uchar.h>

size_t mbrtoc32(char32_t *restrict c, const char *restrict s, size_t n, mbstate_t *restrict state)
{
	wchar_t wide;
	size_t length = s ? mbrtowc(&wide, s, n, state) : mbrtowc(&wide, "", 1, state);

	if (s && c && length < (size_t)-2)
		*c = (char32_t)wide;
	return length;
}

size_t c32rtomb(char *restrict s, char32_t c, mbstate_t *restrict state)
{
	return wcrtomb(s, (wchar_t)c, state);
}

size_t mbrtoc16(char16_t *restrict c, const char *restrict s, size_t n, mbstate_t *restrict state)
{
	char32_t wide;
	size_t length = mbrtoc32(&wide, s, n, state);

	if (s && c && length < (size_t)-2)
		*c = (char16_t)wide;
	return length;
}

size_t c16rtomb(char *restrict s, char16_t c, mbstate_t *restrict state)
{
	return c32rtomb(s, c, state);
}
