#ifndef _UCHAR_H
#define _UCHAR_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

typedef uint_least16_t char16_t;
typedef uint_least32_t char32_t;

extern size_t mbrtoc16(char16_t *__restrict __c, const char *__restrict __s, size_t __n, mbstate_t *__restrict __state);
extern size_t c16rtomb(char *__restrict __s, char16_t __c, mbstate_t *__restrict __state);
extern size_t mbrtoc32(char32_t *__restrict __c, const char *__restrict __s, size_t __n, mbstate_t *__restrict __state);
extern size_t c32rtomb(char *__restrict __s, char32_t __c, mbstate_t *__restrict __state);

#endif
