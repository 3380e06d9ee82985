/* Internet addresses and byte order: inet(3), inet_pton(3), byteorder(3). */
#include "internal.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <endian.h>
#include <string.h>

const struct in6_addr in6addr_any;
const struct in6_addr in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

uint16_t __bswap_16(uint16_t x)
{
	return (uint16_t)(x << 8 | x >> 8);
}

uint32_t __bswap_32(uint32_t x)
{
	return x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24;
}

uint64_t __bswap_64(uint64_t x)
{
	return (uint64_t)__bswap_32((uint32_t)x) << 32 | __bswap_32((uint32_t)(x >> 32));
}

uint32_t htonl(uint32_t x)
{
	return __bswap_32(x);
}

uint32_t ntohl(uint32_t x)
{
	return __bswap_32(x);
}

uint16_t htons(uint16_t x)
{
	return __bswap_16(x);
}

uint16_t ntohs(uint16_t x)
{
	return __bswap_16(x);
}

/* One to four parts in decimal, octal or hexadecimal; the last one fills the rest. Blanks may follow. */
static int parse_parts(const char *s, uint32_t parts[4])
{
	int count = 0;

	for (;;) {
		unsigned long value = 0;
		unsigned int base = 10;
		if (!isdigit((unsigned char)*s))
			return 0;
		if (*s == '0') {
			base = 8;
			s++;
			if ((*s | 32) == 'x') {
				base = 16;
				if (!isxdigit((unsigned char)*++s))
					return 0;
			}
		}
		for (;; s++) {
			int c = (unsigned char)*s, digit = isdigit(c) ? c - '0' : isxdigit(c) ? (c | 32) - 'a' + 10 : 99;
			if (digit >= (int)base)
				break;
			value = value * base + (unsigned)digit;
			if (value > 0xffffffffUL)
				return 0;
		}
		parts[count++] = (uint32_t)value;
		if (*s != '.')
			break;
		if (count == 4)
			return 0;
		s++;
	}
	return *s == 0 || isspace((unsigned char)*s) ? count : 0;
}

int inet_aton(const char *s, struct in_addr *address)
{
	uint32_t parts[4], value = 0;
	int count = parse_parts(s, parts), i;

	if (count == 0)
		return 0;
	for (i = 0; i < count - 1; i++) {
		if (parts[i] > 255)
			return 0;
		value |= parts[i] << (24 - 8 * i);
	}
	if (count > 1 && parts[i] >> (32 - 8 * i))
		return 0;
	if (address)
		address->s_addr = htonl(value | parts[i]);
	return 1;
}

in_addr_t inet_addr(const char *s)
{
	struct in_addr address;

	return inet_aton(s, &address) ? address.s_addr : INADDR_NONE;
}

in_addr_t inet_network(const char *s)
{
	uint32_t parts[4], value = 0;
	int count = parse_parts(s, parts), i;
	const char *rest = s + strcspn(s, " \t\n\v\f\r");

	/* Unlike with inet_aton, only blanks may follow. */
	if (count == 0 || rest[strspn(rest, " \t\n\v\f\r")])
		return INADDR_NONE;
	for (i = 0; i < count; i++) {
		if (parts[i] > 255)
			return INADDR_NONE;
		value = value << 8 | parts[i];
	}
	return value;
}

char *inet_ntoa(struct in_addr address)
{
	static char text[INET_ADDRSTRLEN];

	return (char *)inet_ntop(AF_INET, &address, text, sizeof text);
}

in_addr_t inet_netof(struct in_addr address)
{
	uint32_t a = ntohl(address.s_addr);

	return IN_CLASSA(a) ? a >> 24 : IN_CLASSB(a) ? a >> 16 : a >> 8;
}

in_addr_t inet_lnaof(struct in_addr address)
{
	uint32_t a = ntohl(address.s_addr);

	return IN_CLASSA(a) ? a & 0xffffff : IN_CLASSB(a) ? a & 0xffff : a & 0xff;
}

struct in_addr inet_makeaddr(in_addr_t net, in_addr_t host)
{
	struct in_addr address;

	if (net < 128)
		address.s_addr = htonl(net << 24 | (host & 0xffffff));
	else if (net < 65536)
		address.s_addr = htonl(net << 16 | (host & 0xffff));
	else
		address.s_addr = htonl(net << 8 | (host & 0xff));
	return address;
}

/* Exactly four decimal parts without superfluous zeros. */
static int parse_dotted(const char *s, unsigned char *to)
{
	int i;

	for (i = 0; i < 4; i++) {
		int value = 0, digits = 0;
		for (; isdigit((unsigned char)*s); s++) {
			if (digits++ > 0 && value == 0)
				return 0;
			value = value * 10 + (*s - '0');
			if (value > 255)
				return 0;
		}
		if (digits == 0 || *s++ != (i < 3 ? '.' : 0))
			return 0;
		to[i] = (unsigned char)value;
	}
	return 1;
}

static int parse_version6(const char *s, unsigned char *to)
{
	unsigned char words[16];
	int n = 0, gap = -1;

	memset(words, 0, sizeof words);
	if (*s == ':' && *++s != ':')
		return 0;
	while (*s) {
		const char *start = s;
		unsigned int value = 0;
		int digits = 0;
		if (*s == ':') {
			if (gap >= 0)
				return 0;
			gap = n;
			s++;
			continue;
		}
		for (; isxdigit((unsigned char)*s); s++, digits++)
			value = value << 4 | (unsigned)(isdigit((unsigned char)*s) ? *s - '0' : (*s | 32) - 'a' + 10);
		if (*s == '.' && n <= 12 && parse_dotted(start, words + n)) {
			n += 4;
			break;
		}
		if (digits == 0 || digits > 4 || n > 14)
			return 0;
		words[n++] = (unsigned char)(value >> 8);
		words[n++] = (unsigned char)value;
		if (*s == ':') {
			if (!*++s)
				return 0;
		} else if (*s) {
			return 0;
		}
	}
	if (gap < 0 ? n != 16 : n == 16)
		return 0;
	if (gap >= 0) {
		memmove(words + 16 - (n - gap), words + gap, (size_t)(n - gap));
		memset(words + gap, 0, (size_t)(16 - n));
	}
	memcpy(to, words, 16);
	return 1;
}

int inet_pton(int family, const char *restrict s, void *restrict address)
{
	unsigned char parts[4];

	switch (family) {
	case AF_INET:
		if (!parse_dotted(s, parts))
			return 0;
		memcpy(address, parts, 4);
		return 1;
	case AF_INET6:
		return parse_version6(s, address);
	}
	errno = EAFNOSUPPORT;
	return -1;
}

static void print_version6(const unsigned char *a, char *out)
{
	int best = -1, best_length = 1, i;

	for (i = 0; i < 8; i++) {
		int length = 0;
		while (i + length < 8 && a[2 * (i + length)] == 0 && a[2 * (i + length) + 1] == 0)
			length++;
		if (length > best_length) {
			best = i;
			best_length = length;
		}
		if (length > 0)
			i += length - 1;
	}
	for (i = 0; i < 8; i++) {
		if (i == best) {
			out += sprintf(out, i + best_length == 8 ? "::" : ":");
			i += best_length - 1;
			continue;
		}
		if (i == 6 && best == 0 && (best_length == 6 || (best_length == 5 && a[10] == 255 && a[11] == 255))) {
			sprintf(out, ":%d.%d.%d.%d", a[12], a[13], a[14], a[15]);
			return;
		}
		out += sprintf(out, "%s%x", i > 0 ? ":" : "", a[2 * i] << 8 | a[2 * i + 1]);
	}
}

const char *inet_ntop(int family, const void *restrict address, char *restrict s, socklen_t size)
{
	char text[INET6_ADDRSTRLEN + 8];
	const unsigned char *a = address;

	if (family == AF_INET) {
		sprintf(text, "%d.%d.%d.%d", a[0], a[1], a[2], a[3]);
	} else if (family == AF_INET6) {
		print_version6(a, text);
	} else {
		errno = EAFNOSUPPORT;
		return NULL;
	}
	if (strlen(text) >= size) {
		errno = ENOSPC;
		return NULL;
	}
	return strcpy(s, text);
}
