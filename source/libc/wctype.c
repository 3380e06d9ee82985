/* Classes and case of wide characters: iswalpha(3), towupper(3), wctype(3), wcwidth(3). Beyond ASCII the C locale has none
   (C.UTF-8 has the letters of the usual alphabets). */
#include "internal.h"
#include <ctype.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

struct range {
	wint_t first, last;
};

static const struct range letters[] = {
	{ 0xaa, 0xaa }, { 0xb5, 0xb5 }, { 0xba, 0xba }, { 0xc0, 0xd6 }, { 0xd8, 0xf6 }, { 0xf8, 0x2c1 }, { 0x370, 0x373 },
	{ 0x376, 0x377 }, { 0x37b, 0x37d }, { 0x37f, 0x37f }, { 0x386, 0x386 }, { 0x388, 0x3ff }, { 0x400, 0x481 },
	{ 0x48a, 0x556 }, { 0x561, 0x587 }, { 0x5d0, 0x5ea }, { 0x620, 0x64a }, { 0x904, 0x939 }, { 0xe01, 0xe30 },
	{ 0x10a0, 0x10ff }, { 0x1100, 0x11ff }, { 0x1e00, 0x1fbc }, { 0x3041, 0x3096 }, { 0x30a1, 0x30fa },
	{ 0x3105, 0x318e }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
	{ 0xff21, 0xff3a }, { 0xff41, 0xff5a }, { 0x20000, 0x2ffff }
};
static const struct range blanks[] = {
	{ 0x1680, 0x1680 }, { 0x2000, 0x2006 }, { 0x2008, 0x200a }, { 0x205f, 0x205f }, { 0x3000, 0x3000 }
};
/* Two columns wide, and none. */
static const struct range wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f }, { 0x1f900, 0x1f9ff },
	{ 0x20000, 0x3fffd }
};
static const struct range combining[] = { { 0x300, 0x36f }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f } };

#define IN(c, ranges) is_in(c, ranges, sizeof ranges / sizeof *ranges)

static int is_in(wint_t c, const struct range *ranges, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (c >= ranges[i].first && c <= ranges[i].last)
			return 1;
	}
	return 0;
}

static int is_letter(wint_t c)
{
	return __utf8 && c >= 128 && IN(c, letters);
}

/* Beyond the control characters of Latin-1 everything that is no letter, blank or surrogate counts as a sign. */
static int is_sign(wint_t c)
{
	return __utf8 && c >= 0xa0 && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) && !IN(c, letters) && !IN(c, blanks);
}

int iswalpha(wint_t c)
{
	return c < 128 ? isalpha((int)c) : is_letter(c);
}

int iswdigit(wint_t c)
{
	return c < 128 && isdigit((int)c);
}

int iswxdigit(wint_t c)
{
	return c < 128 && isxdigit((int)c);
}

int iswalnum(wint_t c)
{
	return iswalpha(c) || iswdigit(c);
}

int iswlower(wint_t c)
{
	return c < 128 ? islower((int)c) : is_letter(c) && (towupper(c) != c || c == 0xdf);
}

int iswupper(wint_t c)
{
	return c < 128 ? isupper((int)c) : is_letter(c) && towlower(c) != c;
}

int iswspace(wint_t c)
{
	return c < 128 ? isspace((int)c) : __utf8 && (IN(c, blanks) || c == 0x85 || c == 0x2028 || c == 0x2029);
}

int iswblank(wint_t c)
{
	return c < 128 ? isblank((int)c) : __utf8 && IN(c, blanks);
}

int iswcntrl(wint_t c)
{
	return c < 128 ? iscntrl((int)c) : __utf8 && (c < 0xa0 || c == 0x2028 || c == 0x2029);
}

int iswpunct(wint_t c)
{
	return c < 128 ? ispunct((int)c) : is_sign(c);
}

int iswgraph(wint_t c)
{
	return c < 128 ? isgraph((int)c) : is_letter(c) || is_sign(c);
}

int iswprint(wint_t c)
{
	return c < 128 ? isprint((int)c) : iswgraph(c) || (__utf8 && IN(c, blanks));
}

/* The distance from small to capital in the alphabets that have both; 0 for others. */
static int case_step(wint_t small)
{
	if ((small >= 0xe0 && small <= 0xfe && small != 0xf7) || (small >= 0x3b1 && small <= 0x3c9 && small != 0x3c2) ||
	    (small >= 0x430 && small <= 0x44f) || (small >= 0xff41 && small <= 0xff5a))
		return 32;
	if (small >= 0x450 && small <= 0x45f)
		return 80;
	if (small >= 0x561 && small <= 0x586)
		return 48;
	/* Pairs: capitals are even here, odd there. */
	if ((small >= 0x100 && small <= 0x137 && small != 0x131) || (small >= 0x14a && small <= 0x177) ||
	    (small >= 0x460 && small <= 0x481) || (small >= 0x48a && small <= 0x4bf) || (small >= 0x4d0 && small <= 0x52f) ||
	    (small >= 0x1e00 && small <= 0x1e95) || (small >= 0x1ea0 && small <= 0x1eff))
		return (int)(small & 1);
	if ((small >= 0x139 && small <= 0x148) || (small >= 0x179 && small <= 0x17e))
		return !(small & 1);
	return 0;
}

wint_t towupper(wint_t c)
{
	if (c < 128)
		return (wint_t)toupper((int)c);
	if (!__utf8)
		return c;
	return c == 0xff ? 0x178 : c - (wint_t)case_step(c);
}

wint_t towlower(wint_t c)
{
	static const wint_t steps[] = { 1, 32, 48, 80 };
	size_t i;

	if (c < 128)
		return (wint_t)tolower((int)c);
	for (i = 0; __utf8 && i < sizeof steps / sizeof *steps; i++) {
		if ((wint_t)case_step(c + steps[i]) == steps[i] && case_step(c) == 0)
			return c + steps[i];
	}
	return c;
}

static const struct {
	const char *name;
	int (*is)(wint_t);
} classes[] = {
	{ "alnum", iswalnum }, { "alpha", iswalpha }, { "blank", iswblank }, { "cntrl", iswcntrl }, { "digit", iswdigit },
	{ "graph", iswgraph }, { "lower", iswlower }, { "print", iswprint }, { "punct", iswpunct }, { "space", iswspace },
	{ "upper", iswupper }, { "xdigit", iswxdigit }
};

wctype_t wctype(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strcmp(classes[i].name, name) == 0)
			return i + 1;
	}
	return 0;
}

int iswctype(wint_t c, wctype_t type)
{
	return type >= 1 && type <= sizeof classes / sizeof *classes && classes[type - 1].is(c);
}

static const int lower_mapping, upper_mapping;

wctrans_t wctrans(const char *name)
{
	if (strcmp(name, "tolower") == 0)
		return &lower_mapping;
	return strcmp(name, "toupper") == 0 ? &upper_mapping : NULL;
}

wint_t towctrans(wint_t c, wctrans_t mapping)
{
	if (mapping == &lower_mapping)
		return towlower(c);
	return mapping == &upper_mapping ? towupper(c) : c;
}

int wcwidth(wchar_t c)
{
	if (c == 0)
		return 0;
	if (!iswprint((wint_t)c))
		return __utf8 && IN((wint_t)c, combining) ? 0 : -1;
	if (IN((wint_t)c, combining))
		return 0;
	return IN((wint_t)c, wide) ? 2 : 1;
}

int wcswidth(const wchar_t *s, size_t n)
{
	int total = 0;
	size_t i;

	for (i = 0; i < n && s[i]; i++) {
		int width = wcwidth(s[i]);
		if (width < 0)
			return -1;
		total += width;
	}
	return total;
}
