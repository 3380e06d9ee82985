// What runs while the dashboard is measured: processes that sleep, and one that works now and then.

/** `sleepers N`: N children that wait for a signal; their parent computes for a while, ten times a simulated second. */
export const sleepers = `#include <stdlib.h>
#include <unistd.h>
int main(int argc, char *argv[]) {
	int count = argc > 1 ? atoi(argv[1]) : 10;
	for (int i = 0; i < count; i++) {
		if (fork() == 0) for (;;) pause();
	}
	for (;;) {
		usleep(100000);
		volatile int work = 0;
		for (int k = 0; k < 5000; k++) work += k;
	}
}
`;

/** `bees N`: N children, each of which wakes up and works a little a hundred times a simulated second. */
export const bees = `#include <stdlib.h>
#include <unistd.h>
int main(int argc, char *argv[]) {
	int count = argc > 1 ? atoi(argv[1]) : 10;
	for (int i = 0; i < count; i++) {
		if (fork() > 0) continue;
		for (;;) {
			volatile int work = 0;
			for (int k = 0; k < 100; k++) work += k;
			usleep(10000);
		}
	}
	for (;;) pause();
}
`;
