/*
 * Hears Morse signs on the radio. poll() with a time limit tells a sign from a
 * pause: 2 ms of silence end a letter, 8 ms the message.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const code[26] = {
	".-", "-...", "-.-.", "-..", ".", "..-.", "--.", "....", "..", ".---", "-.-", ".-..", "--",
	"-.", "---", ".--.", "--.-", ".-.", "...", "-", "..-", "...-", ".--", "-..-", "-.--", "--..",
};

static char decode(const char *signs)
{
	for (int i = 0; i < 26; i++)
		if (strcmp(code[i], signs) == 0)
			return 'A' + i;
	return '?';
}

int main(int argc, char *argv[])
{
	char text[32] = "", signs[8] = "";
	int letters = 0, length = 0;
	struct pollfd radio = {.fd = open("/dev/radio", O_RDONLY), .events = POLLIN};

	if (argc < 2 || radio.fd == -1) {
		perror("/dev/radio");
		return 1;
	}
	poll(&radio, 1, -1);			/* until somebody sends at all */
	for (;;) {
		if (poll(&radio, 1, length > 0 ? 2 : 8) > 0 && length < 7) {
			if (read(radio.fd, &signs[length], 1) == 1)
				signs[++length] = '\0';
		} else if (length > 0) {
			text[letters++] = decode(signs);
			length = 0;
			signs[0] = '\0';
		} else {
			break;
		}
	}
	printf("%s: heard \"%s\"\n", argv[1], text);
	return 0;
}
