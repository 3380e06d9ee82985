/*
 * The base of a walkie-talkie conversation. Push to talk: ioctl(RADIO_TALK)
 * presses the button, RADIO_LISTEN lets it go. Who talks hears nothing.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/radio.h>
#include <unistd.h>

static void talk(int radio, const char *words)
{
	ioctl(radio, RADIO_TALK);		/* waits until the air is free */
	if (write(radio, words, strlen(words)) == -1)
		perror("write");
	usleep(3000);				/* speaking takes a while */
	ioctl(radio, RADIO_LISTEN);
}

static void listen_to(int radio)
{
	char words[80];
	ssize_t count = read(radio, words, sizeof words);

	if (count > 0)
		printf("base heard: %.*s\n", (int)count, words);
	fflush(stdout);
}

int main(void)
{
	int radio = open("/dev/radio", O_RDWR);

	if (radio == -1) {
		perror("/dev/radio");
		return 1;
	}
	talk(radio, "rover, report. over");
	listen_to(radio);
	talk(radio, "come home. out");
	return 0;
}
