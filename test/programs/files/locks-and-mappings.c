// Record locks, FIFOs under poll, mappings of files and memory.
// expect: lk(fd, F_SETLK, F_WRLCK, 2, 3)                     = 0
// expect: lk(fd, F_SETLK, F_RDLCK, 10, -4)                   = 0
// expect: lk(fd, F_SETLK, F_RDLCK, 3, -4)                    = -1 Invalid argument
// expect: lk(fd, F_SETLK, 7, 0, 0)                           = -1 Invalid argument
// expect: lk(fd, F_GETLK, F_UNLCK, 0, 0)                     = -1 Invalid argument
// expect: lk(a[0], F_SETLK, F_WRLCK, 0, 1)                   = -1 Bad file descriptor
// expect: lk(a[0], F_SETLK, F_RDLCK, 0, 1)                   = 0
// expect: lk(99, F_SETLK, F_RDLCK, 0, 1)                     = -1 Bad file descriptor
// expect: fcntl(fd, F_SETLK, (void *)1)                      = -1 Bad address
// expect:  [type 2 whence 0 start 0 len 0 pid? 0]
// expect: lk(fd, F_GETLK, F_WRLCK, 0, 0)                     = 0
// expect:  [type 1 whence 0 start 2 len 3 pid? 2]
// expect: lk(fd, F_GETLK, F_WRLCK, 0, 0)                     = 0
// expect:  [type 1 whence 0 start 2 len 3 pid? 2]
// expect: lk(fd, F_GETLK, F_RDLCK, 0, 4)                     = 0
// expect:  [type 2 whence 0 start 5 len 0 pid? 0]
// expect: lk(fd, F_GETLK, F_RDLCK, 5, 0)                     = 0
// expect: lk(fd, F_SETLK, F_RDLCK, 6, 4)                     = 0
// expect: lk(fd, F_SETLK, F_WRLCK, 6, 4)                     = -1 Resource temporarily unavailable
// expect: lk(fd, F_SETLK, F_WRLCK, 100, 0)                   = 0
// expect: lk(fd, F_SETLK, F_WRLCK, 5, 1)                     = 0
// expect: lk(fd, F_SETLK, F_UNLCK, 3, 1)                     = 0
// expect: lk(fd, F_SETLK, F_WRLCK, 3, 1)                     = 0
// expect: lk(fd, F_SETLK, F_WRLCK, 2, 1)                     = -1 Resource temporarily unavailable
// expect:  [type 1 whence 0 start 4 len 1 pid? 2]
// expect: lk(fd, F_GETLK, F_WRLCK, 3, 100)                   = 0
// expect: lk(fd2, F_OFD_SETLK, F_WRLCK, 50, 10)              = 0
// expect: lk(fd, F_OFD_SETLK, F_WRLCK, 55, 1)                = -1 Resource temporarily unavailable
// expect: lk(fd, F_SETLK, F_WRLCK, 55, 1)                    = -1 Resource temporarily unavailable
// expect:  [type 1 whence 0 start 50 len 10 pid? -1]
// expect: lk(fd, F_GETLK, F_WRLCK, 55, 1)                    = 0
// expect:  [type 1 whence 0 start 50 len 10 pid? -1]
// expect: lk(fd, F_OFD_GETLK, F_WRLCK, 55, 1)                = 0
// expect: lk(fd, F_SETLK, F_WRLCK, 55, 1)                    = 0
// expect: lk(fd, F_SETLK, F_WRLCK, 0, 1)                     = 0
// expect: lk(fd, F_SETLKW, F_WRLCK, 1, 1)                    = -1 Resource deadlock avoided
// expect: lk(fd, F_SETLK, F_UNLCK, 0, 0)                     = 0
// expect: child 1
// expect: lk(fd, F_SETLKW, F_WRLCK, 0, 0)                    = -1 Interrupted system call
// expect: flock(fd2, LOCK_SH)                                = -1 Interrupted system call
// expect: flock(fd2, LOCK_SH | LOCK_NB)                      = -1 Resource temporarily unavailable
// expect: flock(fd2, LOCK_SH | LOCK_NB)                      = -1 Resource temporarily unavailable
// expect: flock(fd, LOCK_UN)                                 = 0
// expect: flock(fd, LOCK_SH | LOCK_NB)                       = 0
// expect: flock(fd2, LOCK_EX | LOCK_NB)                      = -1 Resource temporarily unavailable
// expect: flock(fd, LOCK_EX | LOCK_NB)                       = 0
// expect: rev(fd, POLLIN)                                    = 0
// expect: read(fd, &c, 1)                                    = 0
// expect: rev(fd, POLLIN)                                    = 0
// expect: rev(fd2, POLLOUT)                                  = 1004
// expect: read(fd, &c, 1)                                    = -1 Resource temporarily unavailable
// expect: n 3
// expect: rev(fd, POLLIN)                                    = 1017
// expect: read(fd, buf, 9)                                   = 3
// expect: rev(fd, POLLIN)                                    = 1016
// expect: read(fd, buf, 9)                                   = 0
// expect: rev(fd, POLLIN)                                    = 0
// expect: rev(fd2, POLLOUT)                                  = 1012
// expect: write(fd2, "x", 1)                                 = -1 Broken pipe
// expect: rev(fd, POLLIN | POLLOUT)                          = 1004
// expect: rev(fd, POLLIN | POLLOUT)                          = 1005
// expect: stat("ff", &s)                                     = 0
// expect: 0 10600
// expect: ftruncate(fd, 5000)                                = 0
// expect: E 0
// expect: ab
// expect: P a
// expect: b
// expect: mmap(0, 0, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_F = -1 Invalid argument
// expect: mmap(0, 4096, PROT_READ, 0, fd, 0) == MAP_FAILED ? = -1 Invalid argument
// expect: mmap(0, 4096, PROT_READ, MAP_SHARED, a[0], 0) == M = -1 No such device
// expect: mmap(0, 4096, PROT_READ, MAP_SHARED, 99, 0) == MAP = -1 Bad file descriptor
// expect: mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 1) == MAP = -1 Invalid argument
// expect: mmap(0, 4096, PROT_READ, MAP_SHARED|MAP_ANONYMOUS, = 0
// expect: munmap(m + 1, 4096)                                = -1 Invalid argument
// expect: munmap(m, 0)                                       = -1 Invalid argument
// expect: munmap(m, 4096)                                    = 0
// expect: mprotect(m, 4096, PROT_READ)                       = -1 Cannot allocate memory
// expect: mprotect(m + 4096, 4096, PROT_READ)                = 0
// expect: mprotect(m + 4097, 4096, PROT_READ)                = -1 Invalid argument
// expect: msync(m, 4096, MS_SYNC)                            = -1 Cannot allocate memory
// expect: msync(m + 4096, 4096, MS_SYNC)                     = 0
// expect: msync(m + 4096, 4096, MS_SYNC | MS_ASYNC)          = -1 Invalid argument
// expect: madvise(m, 4096, MADV_DONTNEED)                    = -1 Cannot allocate memory
// expect: madvise(m + 4096, 4096, 9999)                      = -1 Invalid argument
// expect: mincore(m, 4096, vec)                              = -1 Cannot allocate memory
// expect: mincore(m + 4096, 4096, vec)                       = 0
// expect: from child
// expect: madvise(sh, 4096, MADV_DONTNEED)                   = 0
// expect: from child
// expect: 5 0
// expect: madvise(x, 4096, MADV_DONTNEED)                    = 0
// expect: 0
// expect: 1
// expect: sig 11
// expect: sig 11
// expect: mprotect(x, 4096, PROT_NONE)                       = 0
// expect: write(a[1], x, 1)                                  = -1 Bad address
// expect: mprotect(x, 4096, PROT_READ | PROT_WRITE)          = 0
// expect: 1
// expect: read(fd, x + 4095, 0)                              = 0
// expect: ftruncate(fd2, 100)                                = 0
// expect: lseek(fd2, 0, SEEK_END)                            = 100
// expect: 100777 0
// expect: write(a[1], two + 4090, 100)                       = -1 Bad address
// expect: write(a[1], two + 4090, 6)                         = 6
// expect: read(a[0], two + 4094, 2)                          = 2
// expect: size 600
// expect: open("app", O_WRONLY | O_TRUNC) >= 0               = 1
// expect: size 0
// expect: pwrite(o, "xy", 2, 100)                            = 2
// expect: size 2
// expect: entries 7
// expect: removed 5
// expect: rmdir("dir1")                                      = 0
// expect: getcwd(buf, 1) == NULL ? -1 : 0                    = -1 Numerical result out of range
// expect: close(0)                                           = 0
// expect: open("t", O_RDONLY)                                = 0
// expect: dup(0) > 0                                         = 1
// expect: fcntl(0, F_DUPFD, 0) > 0                           = 1
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <stdlib.h>
#include <signal.h>
#include <poll.h>
#include <dirent.h>
#include <sys/wait.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#define SHOW(x) \
	do { \
		long r_ = (long)(x); \
		printf("%-50.50s = %ld%s%s\n", #x, r_, r_ < 0 ? " " : "", r_ < 0 ? error() : ""); \
		fflush(stdout); \
	} while (0)

static const char *error(void) {
	return strerror(errno);
}

static int lk(int fd, int cmd, int type, long start, long len) {
	struct flock l;
	memset(&l, 0, sizeof l);
	l.l_type = type;
	l.l_start = start;
	l.l_len = len;
	int r = fcntl(fd, cmd, &l);
	if (r == 0 && (cmd == F_GETLK || cmd == F_OFD_GETLK)) {
		printf(" [type %d whence %d start %ld len %ld pid? %d]\n", l.l_type, l.l_whence, (long)l.l_start, (long)l.l_len, l.l_pid == getppid() ? 2 : l.l_pid > 0 ? 1 : l.l_pid);
	}
	return r;
}

static int rev(int fd, int ev) {
	struct pollfd p = {fd, ev, 0};
	int n = poll(&p, 1, 0);
	return n * 1000 + p.revents;
}

static void nop(int s) {
	(void)s;
}

int main(void) {
	int fd, fd2, a[2], b[2], st;
	char buf[300], c;

	/* A directory of its own, whatever is here. */
	mkdir("locks", 0755);
	chdir("locks");
	fd = open("t", O_RDWR | O_CREAT, 0600);
	write(fd, "0123456789", 10);
	pipe(a);
	pipe(b);
	SHOW(lk(fd, F_SETLK, F_WRLCK, 2, 3));
	SHOW(lk(fd, F_SETLK, F_RDLCK, 10, -4));
	SHOW(lk(fd, F_SETLK, F_RDLCK, 3, -4));
	SHOW(lk(fd, F_SETLK, 7, 0, 0));
	SHOW(lk(fd, F_GETLK, F_UNLCK, 0, 0));
	SHOW(lk(a[0], F_SETLK, F_WRLCK, 0, 1));
	SHOW(lk(a[0], F_SETLK, F_RDLCK, 0, 1));
	SHOW(lk(99, F_SETLK, F_RDLCK, 0, 1));
	SHOW(fcntl(fd, F_SETLK, (void *)1));
	SHOW(lk(fd, F_GETLK, F_WRLCK, 0, 0));
	if (fork() == 0) {
		SHOW(lk(fd, F_GETLK, F_WRLCK, 0, 0));
		SHOW(lk(fd, F_GETLK, F_RDLCK, 0, 4));
		SHOW(lk(fd, F_GETLK, F_RDLCK, 5, 0));
		SHOW(lk(fd, F_SETLK, F_RDLCK, 6, 4));
		SHOW(lk(fd, F_SETLK, F_WRLCK, 6, 4));
		SHOW(lk(fd, F_SETLK, F_WRLCK, 100, 0));
		SHOW(lk(fd, F_SETLK, F_WRLCK, 5, 1));
		_exit(0);
	}
	wait(0);
	SHOW(lk(fd, F_SETLK, F_UNLCK, 3, 1));
	if (fork() == 0) {
		SHOW(lk(fd, F_SETLK, F_WRLCK, 3, 1));
		SHOW(lk(fd, F_SETLK, F_WRLCK, 2, 1));
		SHOW(lk(fd, F_GETLK, F_WRLCK, 3, 100));
		_exit(0);
	}
	wait(0);
	// OFD
	fd2 = open("t", O_RDWR);
	SHOW(lk(fd2, F_OFD_SETLK, F_WRLCK, 50, 10));
	SHOW(lk(fd, F_OFD_SETLK, F_WRLCK, 55, 1));
	SHOW(lk(fd, F_SETLK, F_WRLCK, 55, 1));
	SHOW(lk(fd, F_GETLK, F_WRLCK, 55, 1));
	SHOW(lk(fd, F_OFD_GETLK, F_WRLCK, 55, 1));
	close(fd2);
	SHOW(lk(fd, F_SETLK, F_WRLCK, 55, 1));
	// deadlock
	lk(fd, F_SETLK, F_UNLCK, 0, 0);
	fd = open("t", O_RDWR);
	SHOW(lk(fd, F_SETLK, F_WRLCK, 0, 1));
	if (fork() == 0) {
		lk(fd, F_SETLK, F_WRLCK, 1, 1);
		write(a[1], "x", 1);
		int r = lk(fd, F_SETLKW, F_WRLCK, 0, 1);
		_exit(r == 0 ? 1 : errno == EDEADLK ? 2 : 3);
	}
	read(a[0], &c, 1);
	usleep(100000);
	SHOW(lk(fd, F_SETLKW, F_WRLCK, 1, 1));
	SHOW(lk(fd, F_SETLK, F_UNLCK, 0, 0));
	wait(&st);
	printf("child %d\n", WEXITSTATUS(st));
	// interrupted lock wait
	struct sigaction sa;
	memset(&sa, 0, sizeof sa);
	sa.sa_handler = nop;
	sigaction(SIGALRM, &sa, 0);
	if (fork() == 0) {
		lk(fd, F_SETLK, F_WRLCK, 0, 0);
		flock(fd, LOCK_EX);
		write(a[1], "x", 1);
		read(b[0], &c, 1);
		_exit(0);
	}
	read(a[0], &c, 1);
	alarm(1);
	SHOW(lk(fd, F_SETLKW, F_WRLCK, 0, 0));
	fd2 = open("t", O_RDONLY);
	alarm(1);
	SHOW(flock(fd2, LOCK_SH));
	SHOW(flock(fd2, LOCK_SH | LOCK_NB));
	write(b[1], "x", 1);
	wait(0);
	SHOW(flock(fd2, LOCK_SH | LOCK_NB));
	SHOW(flock(fd, LOCK_UN));
	SHOW(flock(fd, LOCK_SH | LOCK_NB));
	SHOW(flock(fd2, LOCK_EX | LOCK_NB));
	SHOW(flock(fd, LOCK_EX | LOCK_NB));
	// fifo poll
	mkfifo("ff", 0600);
	fd = open("ff", O_RDONLY | O_NONBLOCK);
	SHOW(rev(fd, POLLIN));
	SHOW(read(fd, &c, 1));
	fd2 = open("ff", O_WRONLY);
	SHOW(rev(fd, POLLIN));
	SHOW(rev(fd2, POLLOUT));
	SHOW(read(fd, &c, 1));
	write(fd2, "abc", 3);
	int n;
	ioctl(fd, FIONREAD, &n);
	printf("n %d\n", n);
	close(fd2);
	SHOW(rev(fd, POLLIN));
	SHOW(read(fd, buf, 9));
	SHOW(rev(fd, POLLIN));
	SHOW(read(fd, buf, 9));
	fd2 = open("ff", O_WRONLY);
	SHOW(rev(fd, POLLIN));
	close(fd);
	SHOW(rev(fd2, POLLOUT));
	signal(SIGPIPE, SIG_IGN);
	SHOW(write(fd2, "x", 1));
	close(fd2);
	fd = open("ff", O_RDWR);
	SHOW(rev(fd, POLLIN | POLLOUT));
	write(fd, "x", 1);
	SHOW(rev(fd, POLLIN | POLLOUT));
	close(fd);
	struct stat s;
	SHOW(stat("ff", &s));
	printf("%ld %o\n", (long)s.st_size, s.st_mode);
	// mmap
	fd = open("t", O_RDWR | O_TRUNC);
	SHOW(ftruncate(fd, 5000));
	char *m = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	m[0] = 'M';
	m[4999] = 'E';
	pread(fd, buf, 1, 4999);
	printf("%c %d\n", buf[0], m[6000]);
	lseek(fd, 0, SEEK_SET);
	write(fd, "ab", 2);
	printf("%c%c\n", m[0], m[1]);
	char *pr = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	pr[0] = 'P';
	printf("%c %c\n", pr[0], m[0]);
	m[1] = 'Q';
	printf("%c\n", pr[1]);
	SHOW(mmap(0, 0, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED ? -1 : 0);
	SHOW(mmap(0, 4096, PROT_READ, 0, fd, 0) == MAP_FAILED ? -1 : 0);
	SHOW(mmap(0, 4096, PROT_READ, MAP_SHARED, a[0], 0) == MAP_FAILED ? -1 : 0);
	SHOW(mmap(0, 4096, PROT_READ, MAP_SHARED, 99, 0) == MAP_FAILED ? -1 : 0);
	SHOW(mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 1) == MAP_FAILED ? -1 : 0);
	SHOW(mmap(0, 4096, PROT_READ, MAP_SHARED|MAP_ANONYMOUS, 99, 0) == MAP_FAILED ? -1 : 0);
	SHOW(munmap(m + 1, 4096));
	SHOW(munmap(m, 0));
	SHOW(munmap(m, 4096));
	SHOW(mprotect(m, 4096, PROT_READ));
	SHOW(mprotect(m + 4096, 4096, PROT_READ));
	SHOW(mprotect(m + 4097, 4096, PROT_READ));
	SHOW(msync(m, 4096, MS_SYNC));
	SHOW(msync(m + 4096, 4096, MS_SYNC));
	SHOW(msync(m + 4096, 4096, MS_SYNC | MS_ASYNC));
	SHOW(madvise(m, 4096, MADV_DONTNEED));
	SHOW(madvise(m + 4096, 4096, 9999));
	unsigned char vec[2];
	SHOW(mincore(m, 4096, vec));
	SHOW(mincore(m + 4096, 4096, vec));
	char *sh = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fork() == 0) {
		strcpy(sh, "from child");
		_exit(0);
	}
	wait(0);
	printf("%s\n", sh);
	SHOW(madvise(sh, 4096, MADV_DONTNEED));
	printf("%s\n", sh);
	char *x = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	x[5] = 5;
	x = mremap(x, 4096, 20 * 4096, MREMAP_MAYMOVE);
	printf("%d %d\n", x[5], x[19 * 4096]);
	SHOW(madvise(x, 4096, MADV_DONTNEED));
	printf("%d\n", x[5]);
	x[1]=1;
	x = mremap(x, 20*4096, 4096, 0);
	printf("%d\n", x[1]);
	if (fork() == 0) {
		signal(SIGSEGV, SIG_DFL);
		mprotect(x, 4096, PROT_READ);
		x[0] = 1;
		_exit(0);
	}
	wait(&st);
	printf("sig %d\n", WTERMSIG(st));
	if (fork() == 0) {
		mprotect(x, 4096, PROT_NONE);
		_exit(x[0]);
	}
	wait(&st);
	printf("sig %d\n", WTERMSIG(st));
	SHOW(mprotect(x, 4096, PROT_NONE));
	SHOW(write(a[1], x, 1));
	SHOW(mprotect(x, 4096, PROT_READ | PROT_WRITE));
	printf("%d\n", x[1]);
	SHOW(read(fd, x + 4095, 0));
	fd2 = memfd_create("mem", 0);
	SHOW(ftruncate(fd2, 100));
	SHOW(lseek(fd2, 0, SEEK_END));
	fstat(fd2, &s);
	printf("%o %ld\n", s.st_mode, (long)s.st_nlink);
	// rw across page boundary and EFAULT partial
	char *two = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(two + 4096, 4096);
	memset(two, 'z', 4096);
	pipe(a);
	SHOW(write(a[1], two + 4090, 100));
	SHOW(write(a[1], two + 4090, 6));
	SHOW(read(a[0], two + 4094, 2));
	int o = open("app", O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fork() == 0) {
		for (int i = 0; i < 50; i++) write(o, "child.", 6);
		_exit(0);
	}
	for (int i = 0; i < 50; i++) write(o, "paren.", 6);
	wait(0);
	fstat(o, &s);
	printf("size %ld\n", (long)s.st_size);
	SHOW(open("app", O_WRONLY | O_TRUNC) >= 0);
	fstat(o, &s);
	printf("size %ld\n", (long)s.st_size);
	SHOW(pwrite(o, "xy", 2, 100));
	fstat(o, &s);
	printf("size %ld\n", (long)s.st_size);
	mkdir("dir1", 0755);
	for (int i = 0; i < 5; i++) {
		snprintf(buf, sizeof buf, "dir1/f%d", i);
		close(creat(buf, 0600));
	}
	DIR *d = opendir("dir1");
	struct dirent *e;
	int cnt = 0;
	while ((e = readdir(d))) cnt++;
	printf("entries %d\n", cnt);
	rewinddir(d);
	cnt = 0;
	while ((e = readdir(d))) {
		if (e->d_name[0] != '.') {
			snprintf(buf, sizeof buf, "dir1/%s", e->d_name);
			cnt += unlink(buf) == 0;
		}
	}
	printf("removed %d\n", cnt);
	SHOW(rmdir("dir1"));
	closedir(d);
	SHOW(getcwd(buf, 1) == NULL ? -1 : 0);
	SHOW(close(0));
	SHOW(open("t", O_RDONLY));
	SHOW(dup(0) > 0);
	SHOW(fcntl(0, F_DUPFD, 0) > 0);
	return 0;
}
