// Readers and writers that block, and FIFOs under epoll: nothing is lost.
// expect: 7 results, in 2787037 out 2787037 equal
// expect: 20 20 20 20 20 
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <signal.h>
#include <sys/wait.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <poll.h>


int main(void) {
	int p[2], res[2];
	pipe(p);
	pipe(res);
	fcntl(p[1], F_SETPIPE_SZ, 8192);
	for (int w = 0; w < 4; w++) if (fork() == 0) {
		close(p[0]);
		char b[9000];
		unsigned s = w + 1;
		long sum = 0;
		for (int i = 0; i < 60; i++) {
			s = s * 1103515245u + 12345u;
			int n = (s >> 8) % 9000 + 1;
			memset(b, w + 1, n);
			int r = write(p[1], b, n);
			if (r != n) printf("short %d %d\n", r, n);
			sum += (long)n * (w + 1);
		}
		write(res[1], &sum, sizeof sum);
		_exit(0);
	}
	for (int r = 0; r < 3; r++) if (fork() == 0) {
		close(p[1]);
		unsigned char b[5000];
		long sum = 0;
		int n;
		while ((n = read(p[0], b, 1 + (r * 1777) % 5000)) > 0) for (int i = 0; i < n; i++) sum += b[i];
		sum = -sum;
		write(res[1], &sum, sizeof sum);
		_exit(0);
	}
	close(p[0]);
	close(p[1]);
	close(res[1]);
	long v, in = 0, out = 0;
	int k = 0;
	while (read(res[0], &v, sizeof v) == sizeof v) {
		k++;
		if (v > 0) in += v;
		else out -= v;
	} while (wait(0) > 0);
	printf("%d results, in %ld out %ld %s\n", k, in, out, in == out ? "equal" : "LOST");
	// epoll over fifos
	int ep = epoll_create1(0), fds[5];
	char name[8];
	for (int i = 0; i < 5; i++) {
		sprintf(name, "ff%d", i);
		mkfifo(name, 0600);
		if (fork() == 0) {
			int fd = open(name, O_WRONLY);
			for (int j = 0; j < 20; j++) {
				char c = 'a' + i;
				write(fd, &c, 1);
				usleep(100 * (i + 1));
			}
			_exit(0);
		}
		fds[i] = open(name, O_RDONLY);
		struct epoll_event e = {EPOLLIN | (i % 2 ? EPOLLET : 0), {.u32 = i}};
		epoll_ctl(ep, EPOLL_CTL_ADD, fds[i], &e);
		fcntl(fds[i], F_SETFL, O_NONBLOCK);
	}
	int open_ = 5, got[5] = {0};
	while (open_ > 0) {
		struct epoll_event ev[3];
		int n = epoll_wait(ep, ev, 3, 2000);
		if (n <= 0) {
			printf("timeout\n");
			break;
		}
		for (int i = 0; i < n; i++) {
			char b[16];
			int f = ev[i].data.u32, r;
			while ((r = read(fds[f], b, sizeof b)) > 0) got[f] += r;
			if (r == 0) {
				close(fds[f]);
				open_--;
			}
		}
	}
	for (int i = 0; i < 5; i++) {
		printf("%d ", got[i]);
		sprintf(name, "ff%d", i);
		unlink(name);
	}
	printf("\n");
	while (wait(0) > 0);
	return 0;
}
