// readv(2), writev(2): a regular file takes and gives bytes up to a bad address, a pipe or a socket none at all. utimensat(2)
// keeps nanoseconds however far the time. inotify_add_watch(2) refuses bits that it doesn't know.
// expect: file: writev 5, write 10, bad first EFAULT, readv 3, read 10
// expect: pipe: writev EFAULT, write EFAULT, bad first EFAULT, readv EFAULT, read EFAULT
// expect: times: 1.123456789 4000000000.999999999
// expect: times: -5.000000007 4000000000.999999999
// expect: masks: EINVAL EINVAL 1 EINVAL
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static char *page;

static const char *said(long n)
{
	static char texts[8][24];
	static int next;
	char *text = texts[next++ % 8];

	if (n < 0)
		snprintf(text, sizeof texts[0], "%s", strerrorname_np(errno));
	else
		snprintf(text, sizeof texts[0], "%ld", n);
	return text;
}

static void transfer(const char *what, int from, int to, int is_file)
{
	char room[10];
	struct iovec later[2] = { { room, 3 }, { page + 4096, 100 } }, first[2] = { { page + 4096, 5 }, { room, 1 } };
	struct iovec hello[2] = { { "hello", 5 }, { page + 4096, 100 } };

	printf("%s: writev %s", what, said(writev(to, hello, 2)));
	printf(", write %s", said(write(to, page + 4086, 100)));
	printf(", bad first %s", said(writev(to, first, 2)));
	if (is_file) {
		lseek(to, 0, SEEK_SET);
		ftruncate(to, 200);
	} else
		write(to, page, 200);
	printf(", readv %s", said(readv(from, later, 2)));
	printf(", read %s\n", said(read(from, page + 4086, 100)));
}

static void set_times(int file, struct timespec *times)
{
	struct stat s;

	futimens(file, times);
	fstat(file, &s);
	printf("times: %ld.%09ld %ld.%09ld\n", (long)s.st_atim.tv_sec, s.st_atim.tv_nsec, (long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

int main(void)
{
	struct timespec times[2] = { { 1, 123456789 }, { 4000000000, 999999999 } };
	int ends[2], file = open("short.tmp", O_CREAT | O_RDWR | O_TRUNC, 0600), watch = inotify_init();

	page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(page + 4096, 4096);
	pipe(ends);
	transfer("file", file, file, 1);
	transfer("pipe", ends[0], ends[1], 0);
	set_times(file, times);
	times[0] = (struct timespec){ -5, 7 };
	times[1].tv_nsec = UTIME_OMIT;
	set_times(file, times);
	printf("masks: %s", said(inotify_add_watch(watch, "short.tmp", 0)));
	printf(" %s", said(inotify_add_watch(watch, "short.tmp", 0x1001)));
	printf(" %s", said(inotify_add_watch(watch, "short.tmp", IN_DONT_FOLLOW)));
	printf(" %s\n", said(inotify_add_watch(watch, "short.tmp", 0x08000001)));
	unlink("short.tmp");
	return 0;
}
