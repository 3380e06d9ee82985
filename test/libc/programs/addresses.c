// inet_aton, inet_pton, inet_ntop and their relatives; dirname and basename.
#include <arpa/inet.h>
#include <libgen.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t state = 88172645463325252ULL;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void show(const char *text)
{
	struct in_addr address = { 0 };
	unsigned char four[4] = { 0 }, sixteen[16] = { 0 };
	int i, classic = inet_aton(text, &address);

	printf("%s %d %08x %d ", text, classic, address.s_addr, inet_pton(AF_INET, text, four));
	printf("%d %d.%d ", inet_pton(AF_INET6, text, sixteen), four[0], four[3]);
	for (i = 0; i < 16; i++)
		printf("%02x", sixteen[i]);
	printf("\n");
}

int main(void)
{
	static const char *const six[] = {
		"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::2::3", "::ffff:1.2.3.4",
		"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", ":1", "1:", "12345::", "::1.2.3", "127.0.0.1", "0x7f.1", "010.1", "256.1.1.1"
	};
	static const char *const paths[] = { "/usr/lib", "/usr/", "usr", "/", ".", "..", "", "//", "a//b//", "///a", "/a", "a/", "//a" };
	char text[64], copy[64];
	unsigned char bytes[16];
	unsigned int i, j, n;

	for (i = 0; i < sizeof six / sizeof six[0]; i++)
		show(six[i]);
	for (i = 0; i < 150; i++) {
		for (n = 0, j = next() % 14; j > 0; j--)
			text[n++] = next() % 3 ? "0123456789"[next() % 10] : "..:xa f"[next() % 7];
		text[n] = 0;
		show(text);
	}
	for (i = 0; i < 60; i++) {
		for (j = 0; j < 16; j++)
			bytes[j] = next() % 3 ? 0 : (unsigned char)next();
		printf("%s\n", inet_ntop(AF_INET6, bytes, text, sizeof text));
	}
	for (i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		strcpy(text, paths[i]);
		strcpy(copy, paths[i]);
		printf("%s: %s ", paths[i], dirname(text));
		printf("%s\n", basename(copy));
	}
	printf("%x %x %lx\n", htonl(0x01020304), htons(0x0102), (unsigned long)ntohl(1));
	return 0;
}
