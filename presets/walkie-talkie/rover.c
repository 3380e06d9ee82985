/* The rover is impatient: it presses the button while the base still talks. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/radio.h>
#include <unistd.h>

static void listen_to(int radio)
{
	char words[80];
	ssize_t count = read(radio, words, sizeof words);

	if (count > 0)
		printf("rover heard: %.*s\n", (int)count, words);
	fflush(stdout);
}

int main(void)
{
	const char *answer = "sand, and more sand. over";
	int radio = open("/dev/radio", O_RDWR);

	if (radio == -1) {
		perror("/dev/radio");
		return 1;
	}
	listen_to(radio);

	fcntl(radio, F_SETFL, O_NONBLOCK);
	if (ioctl(radio, RADIO_TALK) == -1 && errno == EBUSY) {
		printf("rover: somebody is talking\n");
		fflush(stdout);
	}
	fcntl(radio, F_SETFL, 0);
	ioctl(radio, RADIO_TALK);		/* this time it waits for its turn */
	if (write(radio, answer, strlen(answer)) == -1)
		perror("write");
	ioctl(radio, RADIO_LISTEN);

	listen_to(radio);
	return 0;
}
