/*
 * Morse over the radio, one-way: the ship sends and never listens. There is
 * nothing but dots, dashes and pauses; a longer pause ends a letter. Whether
 * anybody hears it the ship can't know.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/radio.h>
#include <unistd.h>

int main(void)
{
	const char *message[] = {"...", "---", "..."};
	int radio = open("/dev/radio", O_WRONLY);

	if (radio == -1) {
		perror("/dev/radio");
		return 1;
	}
	for (int i = 0; i < 3; i++) {
		for (const char *sign = message[i]; *sign != '\0'; sign++) {
			if (write(radio, sign, 1) != 1)
				perror("write");
			usleep(800);
		}
		usleep(4000);			/* the letter is over */
	}
	close(radio);
	return 0;
}
