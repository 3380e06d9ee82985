/* string.h: memory blocks, copies and searches (string(3)). Long scans go by aligned 32-bit words: a word that holds
   no zero byte costs a quarter of the instructions, and an aligned word never reaches into the next page. */
#include "internal.h"
#include <stdlib.h>
#include <string.h>

#define HAS_ZERO(word) (((word)-0x01010101u) & ~(word) & 0x80808080u)

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	__builtin_memcopy(to, from, (long)n);
	return to;
}

void *mempcpy(void *restrict to, const void *restrict from, size_t n)
{
	__builtin_memcopy(to, from, (long)n);
	return (char *)to + n;
}

/* MEMCPY copies as if through a temporary, so overlapping is allowed. */
void *memmove(void *to, const void *from, size_t n)
{
	__builtin_memcopy(to, from, (long)n);
	return to;
}

void bcopy(const void *from, void *to, size_t n)
{
	__builtin_memcopy(to, from, (long)n);
}

void *memset(void *s, int c, size_t n)
{
	__builtin_memfill(s, c, (long)n);
	return s;
}

void bzero(void *s, size_t n)
{
	__builtin_memfill(s, 0, (long)n);
}

void explicit_bzero(void *s, size_t n)
{
	__builtin_memfill(s, 0, (long)n);
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b, *end = p + n;

	if ((((unsigned long)p | (unsigned long)q) & 3) == 0) {
		while (end - p >= 4 && *(const unsigned int *)p == *(const unsigned int *)q) {
			p += 4;
			q += 4;
		}
	}
	for (; p < end; p++, q++) {
		if (*p != *q)
			return *p - *q;
	}
	return 0;
}

int bcmp(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n);
}

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s, *end = p + n;
	unsigned char wanted = (unsigned char)c;

	if (end < p)
		end = (const unsigned char *)-1;

	if (n >= 16) {
		unsigned int pattern = wanted * 0x01010101u;
		for (; (unsigned long)p & 3; p++) {
			if (*p == wanted)
				return (void *)p;
		}
		for (; (size_t)(end - p) >= 4; p += 4) {
			unsigned int word = *(const unsigned int *)p ^ pattern;
			if (HAS_ZERO(word))
				break;
		}
	}
	for (; p < end; p++) {
		if (*p == wanted)
			return (void *)p;
	}
	return NULL;
}

void *memrchr(const void *s, int c, size_t n)
{
	const unsigned char *p = (const unsigned char *)s + n;

	while (p > (const unsigned char *)s) {
		if (*--p == (unsigned char)c)
			return (void *)p;
	}
	return NULL;
}

void *rawmemchr(const void *s, int c)
{
	const unsigned char *p = s;

	while (*p != (unsigned char)c)
		p++;
	return (void *)p;
}

void *memccpy(void *restrict to, const void *restrict from, int c, size_t n)
{
	const char *found = memchr(from, c, n);

	if (!found) {
		memcpy(to, from, n);
		return NULL;
	}
	n = (size_t)(found - (const char *)from) + 1;
	memcpy(to, from, n);
	return (char *)to + n;
}

void *memmem(const void *haystack, size_t length, const void *needle, size_t needle_length)
{
	const char *p = haystack, *end = p + length;

	if (needle_length == 0)
		return (void *)haystack;
	while ((size_t)(end - p) >= needle_length) {
		p = memchr(p, *(const char *)needle, (size_t)(end - p) - needle_length + 1);
		if (!p)
			return NULL;
		if (memcmp(p, needle, needle_length) == 0)
			return (void *)p;
		p++;
	}
	return NULL;
}

void *memfrob(void *s, size_t n)
{
	unsigned char *p = s;

	while (n-- > 0)
		*p++ ^= 42;
	return s;
}

size_t strlen(const char *s)
{
	const char *p = s;
	const unsigned int *w;
	unsigned int word;

	for (; (unsigned long)p & 3; p++) {
		if (!*p)
			return (size_t)(p - s);
	}
	for (w = (const unsigned int *)p, word = *w; !HAS_ZERO(word); word = *w)
		w++;
	for (p = (const char *)w; *p; p++)
		;
	return (size_t)(p - s);
}

size_t strnlen(const char *s, size_t max)
{
	const char *end = memchr(s, 0, max);

	return end ? (size_t)(end - s) : max;
}

char *strcpy(char *restrict to, const char *restrict from)
{
	__builtin_memcopy(to, from, (long)strlen(from) + 1);
	return to;
}

char *stpcpy(char *restrict to, const char *restrict from)
{
	size_t n = strlen(from);

	__builtin_memcopy(to, from, (long)n + 1);
	return to + n;
}

char *stpncpy(char *restrict to, const char *restrict from, size_t n)
{
	size_t length = strnlen(from, n);

	__builtin_memcopy(to, from, (long)length);
	__builtin_memfill(to + length, 0, (long)(n - length));
	return to + length;
}

char *strncpy(char *restrict to, const char *restrict from, size_t n)
{
	stpncpy(to, from, n);
	return to;
}

char *strcat(char *restrict to, const char *restrict from)
{
	strcpy(to + strlen(to), from);
	return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t n)
{
	size_t length = strnlen(from, n);
	char *end = to + strlen(to);

	__builtin_memcopy(end, from, (long)length);
	end[length] = 0;
	return to;
}

int strcmp(const char *a, const char *b)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;
	int c, d;

	for (c = *p, d = *q; c == d && c; c = *p, d = *q) {
		p++;
		q++;
	}
	return c - d;
}

int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

int strncmp(const char *a, const char *b, size_t n)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;

	for (; n > 0; n--, p++, q++) {
		if (*p != *q)
			return *p - *q;
		if (!*p)
			break;
	}
	return 0;
}

size_t strxfrm(char *restrict to, const char *restrict from, size_t n)
{
	size_t length = strlen(from);

	if (length < n)
		memcpy(to, from, length + 1);
	return length;
}

char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)s;
}

char *strchr(const char *s, int c)
{
	char wanted = (char)c;

	for (; *s != wanted; s++) {
		if (!*s)
			return NULL;
	}
	return (char *)s;
}

char *index(const char *s, int c)
{
	return strchr(s, c);
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	for (;; s++) {
		if (*s == (char)c)
			found = s;
		if (!*s)
			return (char *)found;
	}
}

char *rindex(const char *s, int c)
{
	return strrchr(s, c);
}

size_t strspn(const char *s, const char *accept)
{
	const char *p = s;

	while (*p && strchr(accept, *p))
		p++;
	return (size_t)(p - s);
}

size_t strcspn(const char *s, const char *reject)
{
	const char *p = s;

	while (*p && !strchr(reject, *p))
		p++;
	return (size_t)(p - s);
}

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

char *strstr(const char *haystack, const char *needle)
{
	size_t n = strlen(needle);

	if (n == 0)
		return (char *)haystack;
	for (; (haystack = strchr(haystack, *needle)); haystack++) {
		if (strncmp(haystack, needle, n) == 0)
			return (char *)haystack;
	}
	return NULL;
}

char *strtok_r(char *restrict s, const char *restrict delimiters, char **restrict save)
{
	char *end;

	if (!s)
		s = *save;
	s += strspn(s, delimiters);
	if (!*s) {
		*save = s;
		return NULL;
	}
	end = s + strcspn(s, delimiters);
	if (*end)
		*end++ = 0;
	*save = end;
	return s;
}

static char *strtok_rest;

char *strtok(char *restrict s, const char *restrict delimiters)
{
	return strtok_r(s, delimiters, &strtok_rest);
}

char *strsep(char **restrict s, const char *restrict delimiters)
{
	char *start = *s, *end;

	if (!start)
		return NULL;
	end = start + strcspn(start, delimiters);
	if (*end) {
		*end = 0;
		*s = end + 1;
	} else {
		*s = NULL;
	}
	return start;
}

char *strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *copy = malloc(n);

	return copy ? memcpy(copy, s, n) : NULL;
}

char *strndup(const char *s, size_t n)
{
	size_t length = strnlen(s, n);
	char *copy = malloc(length + 1);

	if (!copy)
		return NULL;
	memcpy(copy, s, length);
	copy[length] = 0;
	return copy;
}

char *strfry(char *s)
{
	size_t n = strlen(s), i, j;

	for (i = 0; i + 1 < n; i++) {
		char c = s[i];
		j = i + (size_t)rand() % (n - i);
		s[i] = s[j];
		s[j] = c;
	}
	return s;
}

void swab(const void *restrict from, void *restrict to, ssize_t n)
{
	const char *p = from;
	char *q = to;

	for (; n >= 2; n -= 2, p += 2, q += 2) {
		char c = p[0];
		q[0] = p[1];
		q[1] = c;
	}
}
