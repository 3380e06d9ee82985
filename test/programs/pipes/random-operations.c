// Random operations on non-blocking pipes: slots, merging, packets, capacities.
// expect: 403722cd4e903cbc 1d761df341ea755c closed 0: 8 -1
// expect: 5bfb374a56da5b23 8fd7fe1c6fecb0fa closed 0: 12 -1
// expect: 32044f1f3c22250d 91c8331b32e87ab0 closed 1: 16 4833
// expect: 73aecc65c2c06981 1c734338d0c55e7c closed 1: 17 10000
// expect: 5ecf409b7df52445 bc039f308d094078 closed 0: 8 -1
// expect: 3cf5cfef63c08a3c 268a9015f2fc0a41 closed 1: 16 1808
// expect: 697037c97e8e9712 b820d13685711881 closed 0: 8 -1
// expect: 7253684dd5782297 6eb42da3d1151f47 closed 0: 12 -1
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
static unsigned s = 12345;

static unsigned rnd(unsigned n) {
	s = s * 1103515245u + 12345u;
	return (s >> 8) % n;
}

static unsigned char buf[300000];

static int rev(int fd) {
	struct pollfd p = {fd, POLLIN | POLLOUT, 0};
	poll(&p, 1, 0);
	return p.revents;
}

int main(void) {
	signal(SIGPIPE, SIG_IGN);
	for (int round = 0; round < 8; round++) {
		int p[2];
		pipe2(p, O_NONBLOCK | (rnd(4) == 0 ? O_DIRECT : 0));
		unsigned long sum = 0, history = 0;
		unsigned char next = 0;
		for (int k = 0; k < 300; k++) {
			int op = rnd(12), n = rnd(3) == 0 ? rnd(100000) : rnd(2) ? rnd(5000) : rnd(100), r = 0;
			if (rnd(6) == 0) n = (n / 4096) * 4096;
			errno = 0;
			if (op < 5) {
				for (int i = 0; i < n; i++) buf[i] = next + i;
				r = write(p[1], buf, n);
				if (r > 0) next += r;
			} else if (op < 8) {
				r = read(p[0], buf, n);
				for (int i = 0; i < r; i++) sum = sum * 31 + buf[i];
			} else if (op == 8) r = rev(p[0]) * 1000 + rev(p[1]);
			else if (op == 9) {
				ioctl(p[0], FIONREAD, &r);
			} else if (op == 10) {
				if (rnd(3) == 0) r = fcntl(p[1], F_SETPIPE_SZ, 4096 << rnd(6));
			} else {
				struct iovec v[3] = {{buf, n / 3}, {buf + 1000, n / 4}, {buf + 2000, 77}};
				r = rnd(2) ? writev(p[1], v, 3) : readv(p[0], v, 3);
				if (r < 0 && errno != EAGAIN) errno = 0;
			}
			history = ((history * 31 + op) * 31 + n) * 31 + r * 7 + (r < 0 ? errno : 0);
		}
		int w = rnd(2);
		close(p[w]);
		printf("%lx %lx closed %d: %d %d\n", history, sum, w, rev(p[1 - w]), (int)(w ? read(p[0], buf, 10000) : write(p[1], buf, 10)));
		close(p[1 - w]);
	}
	return 0;
}
