// Names, descriptors and the errors of their calls, in the order in which Linux checks.
// expect: mkdir("d", 0755)                                   = 0
// expect: mkdir("d", 0755)                                   = -1 File exists
// expect: mkdir("none/x", 0755)                              = -1 No such file or directory
// expect: mkdir("d/", 0755)                                  = -1 File exists
// expect: mkdir("e/", 0755)                                  = 0
// expect: rmdir("e")                                         = 0
// expect: rmdir(".")                                         = -1 Invalid argument
// expect: rmdir("d/.")                                       = -1 Invalid argument
// expect: rmdir("d/..")                                      = -1 Directory not empty
// expect: rmdir("/")                                         = -1 Device or resource busy
// expect: rmdir("none")                                      = -1 No such file or directory
// expect: rmdir("d")                                         = -1 Directory not empty
// expect: rmdir("d/f")                                       = -1 Not a directory
// expect: unlink("d")                                        = -1 Is a directory
// expect: unlink("d/f/")                                     = -1 Not a directory
// expect: unlink("d/none")                                   = -1 No such file or directory
// expect: open("d/", O_RDONLY) >= 0                          = 1
// expect: open("d/f/", O_RDONLY)                             = -1 Not a directory
// expect: open("d/new/", O_CREAT | O_WRONLY, 0600)           = -1 Is a directory
// expect: open("d", O_CREAT | O_RDONLY, 0600)                = -1 Is a directory
// expect: open("d", O_RDONLY | O_DIRECTORY) >= 0             = 1
// expect: open("d/f", O_RDONLY | O_DIRECTORY)                = -1 Not a directory
// expect: open("d", O_RDONLY | O_CREAT | O_EXCL, 0600)       = -1 File exists
// expect: symlink("f", "d/l")                                = 0
// expect: symlink("f", "d/l")                                = -1 File exists
// expect: symlink("nowhere", "d/dangling")                   = 0
// expect: open("d/dangling", O_RDONLY)                       = -1 No such file or directory
// expect: open("d/l", O_NOFOLLOW)                            = -1 Too many levels of symbolic links
// expect: open("d/dangling", O_CREAT | O_EXCL | O_WRONLY, 06 = -1 File exists
// expect: readlink("d/l", b, 64)                             = 1
// expect: readlink("d/f", b, 64)                             = -1 Invalid argument
// expect: readlink("d/l", b, 0)                              = -1 Invalid argument
// expect: readlink("none", b, 64)                            = -1 No such file or directory
// expect: lstat("d/l", &st)                                  = 0
// expect: 120777 1
// expect: stat("d/dangling", &st)                            = -1 No such file or directory
// expect: fd2 = open("d/dangling", O_CREAT | O_WRONLY, 0600) = 6
// expect: access("d/nowhere", F_OK)                          = 0
// expect: link("d/f", "d/g")                                 = 0
// expect: link("d/f", "d/g")                                 = -1 File exists
// expect: link("d", "d2")                                    = -1 Operation not permitted
// expect: link("none", "x")                                  = -1 No such file or directory
// expect: stat("d/g", &st)                                   = 0
// expect: nlink 2
// expect: rename("d/g", "d/f")                               = 0
// expect: access("d/g", F_OK)                                = 0
// expect: rename("d/g", "d/h")                               = 0
// expect: rename("none", "x")                                = -1 No such file or directory
// expect: rename("d", "d/sub")                               = -1 Invalid argument
// expect: rename("d/f", "d")                                 = -1 Directory not empty
// expect: mkdir("k", 0700)                                   = 0
// expect: rename("k", "d/f")                                 = -1 Not a directory
// expect: rename("k", "d")                                   = -1 Directory not empty
// expect: rename("d", "k")                                   = 0
// expect: access("k/f", R_OK)                                = 0
// expect: rename("k", "d")                                   = 0
// expect: rename("d/f", "newname/")                          = -1 Not a directory
// expect: rename(".", "x")                                   = -1 Device or resource busy
// expect: write(fd, "hello world", 11)                       = 11
// expect: lseek(fd, 0, SEEK_SET)                             = 0
// expect: readv(fd, v, 3)                                    = 11
// expect: hel|lo world
// expect: readv(fd, v, minus_one)                            = -1 Invalid argument
// expect: readv(fd, v, too_many)                             = -1 Invalid argument
// expect: writev(fd, v, 0)                                   = 0
// expect: readv(fd, v, 3)                                    = -1 Invalid argument
// expect: pread(fd, b, 5, 6)                                 = 5
// expect: world
// expect: pread(fd, b, 5, -1)                                = -1 Invalid argument
// expect: pwrite(fd, "W", 1, 6)                              = 1
// expect: lseek(fd, 0, SEEK_CUR)                             = 11
// expect: pipe(p)                                            = 0
// expect: pread(p[0], b, 1, 0)                               = -1 Illegal seek
// expect: pwrite(p[1], b, 1, 0)                              = -1 Illegal seek
// expect: pread(p[1], b, 1, 0)                               = -1 Illegal seek
// expect: lseek(p[0], 0, SEEK_CUR)                           = -1 Illegal seek
// expect: lseek(p[0], 0, 99)                                 = -1 Invalid argument
// expect: ftruncate(p[1], 0)                                 = -1 Invalid argument
// expect: fsync(p[0])                                        = -1 Invalid argument
// expect: fchdir(fd)                                         = -1 Not a directory
// expect: fchdir(99)                                         = -1 Bad file descriptor
// expect: sendfile(p[1], fd, &off, 100)                      = 8
// expect: off 11
// expect: read(p[0], b, 64)                                  = 8
// expect: lo World
// expect: sendfile(p[1], fd, NULL, 4)                        = 0
// expect: sendfile(fd, p[0], NULL, 4)                        = -1 Invalid argument
// expect: lseek(fd, 0, SEEK_CUR)                             = 11
// expect: fcntl(fd, F_GETFL) & O_ACCMODE                     = 2
// expect: fcntl(fd, F_GETFL)                                 = 32770
// expect: fcntl(p[0], F_GETFL)                               = 0
// expect: fcntl(fd, F_SETFL, O_APPEND | O_RDONLY)            = 0
// expect: fcntl(fd, F_GETFL)                                 = 33794
// expect: fcntl(99, F_GETFL)                                 = -1 Bad file descriptor
// expect: fcntl(fd, 999)                                     = -1 Invalid argument
// expect: fcntl(fd, F_DUPFD, -1)                             = -1 Invalid argument
// expect: fcntl(fd, F_DUPFD, 100000)                         = -1 Invalid argument
// expect: fcntl(fd, F_DUPFD, 50)                             = 50
// expect: fcntl(50, F_GETFD)                                 = 0
// expect: fcntl(50, F_SETFD, FD_CLOEXEC)                     = 0
// expect: fcntl(50, F_GETFD)                                 = 1
// expect: fcntl(fd, F_GETPIPE_SZ)                            = -1 Bad file descriptor
// expect: fcntl(p[0], F_SETPIPE_SZ, 0)                       = 4096
// expect: fcntl(p[0], F_SETPIPE_SZ, -1)                      = -1 Invalid argument
// expect: fcntl(p[0], F_SETPIPE_SZ, 1048577)                 = -1 Operation not permitted
// expect: ioctl(fd, FIONREAD, &n)                            = 0
// expect: n 0
// expect: ioctl(p[0], TCGETS, b)                             = -1 Inappropriate ioctl for device
// expect: ioctl(fd, TCGETS, b)                               = -1 Inappropriate ioctl for device
// expect: ioctl(99, FIONREAD, &n)                            = -1 Bad file descriptor
// expect: ioctl(p[0], FIONBIO, &n)                           = 0
// expect: read(p[0], b, 1)                                   = -1 Resource temporarily unavailable
// expect: ioctl(p[0], 0x12345, b)                            = -1 Inappropriate ioctl for device
// expect: flock(fd, 3)                                       = -1 Invalid argument
// expect: flock(99, LOCK_EX)                                 = -1 Bad file descriptor
// expect: flock(fd, LOCK_SH)                                 = 0
// expect: flock(fd, 0)                                       = -1 Invalid argument
// expect: flock(p[0], LOCK_EX|LOCK_NB)                       = 0
// expect: truncate("d", 0)                                   = -1 Is a directory
// expect: truncate("none", 0)                                = -1 No such file or directory
// expect: truncate("d/f", -1)                                = -1 Invalid argument
// expect: truncate("d/f", 4)                                 = 0
// expect: stat("d/f", &st)                                   = 0
// expect: size 4 blocks>0 1
// expect: chmod("d/f", 0000)                                 = 0
// expect: stat("d/f", &st)                                   = 0
// expect: 100000
// expect: chmod("d/f", 07644)                                = 0
// expect: 107644
// expect: umask(077)                                         = 18
// expect: umask(022)                                         = 63
// expect: chmod("none", 0)                                   = -1 No such file or directory
// expect: fchmod(99, 0)                                      = -1 Bad file descriptor
// expect: chown("d/f", -1, -1)                               = 0
// expect: chdir("d/f")                                       = -1 Not a directory
// expect: chdir("none")                                      = -1 No such file or directory
// expect: chdir("d")                                         = 0
// expect: access("f", F_OK)                                  = 0
// expect: chdir("..")                                        = 0
// expect: access("f", F_OK)                                  = -1 No such file or directory
// expect: access("d/f", X_OK)                                = -1 Permission denied
// expect: access("d/f", 8)                                   = -1 Invalid argument
// expect: access("", F_OK)                                   = -1 No such file or directory
// expect: openat(d, "f", O_RDONLY) >= 0                      = 1
// expect: openat(fd, "f", O_RDONLY)                          = -1 Not a directory
// expect: openat(99, "f", O_RDONLY)                          = -1 Bad file descriptor
// expect: unlinkat(d, "f", AT_REMOVEDIR)                     = -1 Not a directory
// expect: fstatat(d, "f", &st, 0)                            = 0
// expect: fstatat(fd, "", &st, AT_EMPTY_PATH)                = 0
// expect: fstatat(d, "", &st, 0)                             = -1 No such file or directory
// expect: mkdirat(d, "sub", 0700)                            = 0
// expect: unlinkat(d, "sub", 0)                              = -1 Is a directory
// expect: unlinkat(d, "sub", AT_REMOVEDIR)                   = 0
// expect: read(d, b, 1)                                      = -1 Is a directory
// expect: write(d, b, 1)                                     = -1 Bad file descriptor
// expect: faccessat(d, "l", F_OK, 0)                         = 0
// expect: linkat(d, "f", AT_FDCWD, "lf", 0)                  = 0
// expect: renameat(d, "nowhere", AT_FDCWD, "w")              = 0
// expect: symlinkat("x", d, "sl")                            = 0
// expect: readlinkat(d, "sl", b, 64)                         = 1
// expect: unlink("w")                                        = 0
// expect: unlink("lf")                                       = 0
// expect: unlink("d/sl")                                     = 0
// expect: unlink("d/l")                                      = 0
// expect: unlink("d/dangling")                               = 0
// expect: unlink("d/f")                                      = 0
// expect: dup2(fd, -1)                                       = -1 Bad file descriptor
// expect: dup2(99, 3)                                        = -1 Bad file descriptor
// expect: dup3(fd, fd, 0)                                    = -1 Invalid argument
// expect: dup3(fd, 60, 12345)                                = -1 Invalid argument
// expect: dup3(fd, 60, O_CLOEXEC)                            = 60
// expect: fcntl(60, F_GETFD)                                 = 1
// expect: dup(99)                                            = -1 Bad file descriptor
// expect: close(99)                                          = -1 Bad file descriptor
// expect: close(60)                                          = 0
// expect: close(60)                                          = -1 Bad file descriptor
// expect: open("", O_RDONLY)                                 = -1 No such file or directory
// expect: open(bad, O_RDONLY)                                = -1 Bad address
// expect: read(fd, bad, 4)                                   = 0
// expect: write(p[1], bad, 4)                                = -1 Bad address
// expect: stat("d", (struct stat *)bad)                      = -1 Bad address
// expect: pipe((int *)bad)                                   = -1 Bad address
// expect: pipe2(p, 12345)                                    = -1 Invalid argument
// expect: mknod("ff", S_IFIFO | 0600, 0)                     = 0
// expect: mknod("ff", S_IFIFO | 0600, 0)                     = -1 File exists
// expect: stat("ff", &st)                                    = 0
// expect: 10600
// expect: truncate("ff", 0)                                  = -1 Invalid argument
// expect: open("ff", O_WRONLY | O_NONBLOCK)                  = -1 No such device or address
// expect: open("ff", O_RDWR) >= 0                            = 1
// expect: unlink("ff")                                       = 0
// expect: unlink("d/nowhere")                                = -1 No such file or directory
// expect: rmdir("d")                                         = -1 Directory not empty
// expect: posix_fallocate(fd, 0, 100)                        = 0
// expect: fstat(fd, &st)                                     = 0
// expect: 100
// expect: fdatasync(fd)                                      = 0
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <stdlib.h>
#include <dirent.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/ioctl.h>
#include <sys/file.h>
#define SHOW(x) \
	do { \
		long r_ = (long)(x); \
		printf("%-50.50s = %ld%s%s\n", #x, r_, r_ < 0 ? " " : "", r_ < 0 ? error() : ""); \
	} while (0)

/* An address that is never mapped, and counts that gcc can't see. */
static char *volatile bad = (char *)1;
static volatile int minus_one = -1, too_many = 1025;

static const char *error(void) {
	return strerror(errno);
}

int main(void) {
	char b[64];
	struct stat st;
	int fd, fd2, p[2];

	/* A directory of its own, whatever is here. */
	mkdir("names", 0755);
	chdir("names");
	SHOW(mkdir("d", 0755));
	SHOW(mkdir("d", 0755));
	SHOW(mkdir("none/x", 0755));
	SHOW(mkdir("d/", 0755));
	SHOW(mkdir("e/", 0755));
	SHOW(rmdir("e"));
	SHOW(rmdir("."));
	SHOW(rmdir("d/."));
	SHOW(rmdir("d/.."));
	SHOW(rmdir("/"));
	SHOW(rmdir("none"));
	fd = open("d/f", O_CREAT | O_RDWR, 0644);
	SHOW(rmdir("d"));
	SHOW(rmdir("d/f"));
	SHOW(unlink("d"));
	SHOW(unlink("d/f/"));
	SHOW(unlink("d/none"));
	SHOW(open("d/", O_RDONLY) >= 0);
	SHOW(open("d/f/", O_RDONLY));
	SHOW(open("d/new/", O_CREAT | O_WRONLY, 0600));
	SHOW(open("d", O_CREAT | O_RDONLY, 0600));
	SHOW(open("d", O_RDONLY | O_DIRECTORY) >= 0);
	SHOW(open("d/f", O_RDONLY | O_DIRECTORY));
	SHOW(open("d", O_RDONLY | O_CREAT | O_EXCL, 0600));
	SHOW(symlink("f", "d/l"));
	SHOW(symlink("f", "d/l"));
	SHOW(symlink("nowhere", "d/dangling"));
	SHOW(open("d/dangling", O_RDONLY));
	SHOW(open("d/l", O_NOFOLLOW));
	SHOW(open("d/dangling", O_CREAT | O_EXCL | O_WRONLY, 0600));
	SHOW(readlink("d/l", b, 64));
	SHOW(readlink("d/f", b, 64));
	SHOW(readlink("d/l", b, 0));
	SHOW(readlink("none", b, 64));
	SHOW(lstat("d/l", &st));
	printf("%o %ld\n", st.st_mode, (long)st.st_size);
	SHOW(stat("d/dangling", &st));
	SHOW(fd2 = open("d/dangling", O_CREAT | O_WRONLY, 0600));
	SHOW(access("d/nowhere", F_OK));
	SHOW(link("d/f", "d/g"));
	SHOW(link("d/f", "d/g"));
	SHOW(link("d", "d2"));
	SHOW(link("none", "x"));
	SHOW(stat("d/g", &st));
	printf("nlink %ld\n", (long)st.st_nlink);
	SHOW(rename("d/g", "d/f"));
	SHOW(access("d/g", F_OK));
	SHOW(rename("d/g", "d/h"));
	SHOW(rename("none", "x"));
	SHOW(rename("d", "d/sub"));
	SHOW(rename("d/f", "d"));
	SHOW(mkdir("k", 0700));
	SHOW(rename("k", "d/f"));
	SHOW(rename("k", "d"));
	SHOW(rename("d", "k"));
	SHOW(access("k/f", R_OK));
	SHOW(rename("k", "d"));
	SHOW(rename("d/f", "newname/"));
	SHOW(rename(".", "x"));
	SHOW(write(fd, "hello world", 11));
	SHOW(lseek(fd, 0, SEEK_SET));
	{
		struct iovec v[3] = {{b, 3}, {b + 10, 0}, {b + 20, 100}};
		v[2].iov_len = 20;
		SHOW(readv(fd, v, 3));
		printf("%.3s|%.8s\n", b, b + 20);
		SHOW(readv(fd, v, minus_one));
		SHOW(readv(fd, v, too_many));
		SHOW(writev(fd, v, 0));
		v[0].iov_len = -1;
		SHOW(readv(fd, v, 3));
	}
	SHOW(pread(fd, b, 5, 6));
	printf("%.5s\n", b);
	SHOW(pread(fd, b, 5, -1));
	SHOW(pwrite(fd, "W", 1, 6));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(pipe(p));
	SHOW(pread(p[0], b, 1, 0));
	SHOW(pwrite(p[1], b, 1, 0));
	SHOW(pread(p[1], b, 1, 0));
	SHOW(lseek(p[0], 0, SEEK_CUR));
	SHOW(lseek(p[0], 0, 99));
	SHOW(ftruncate(p[1], 0));
	SHOW(fsync(p[0]));
	SHOW(fchdir(fd));
	SHOW(fchdir(99));
	off_t off = 3;
	SHOW(sendfile(p[1], fd, &off, 100));
	printf("off %ld\n", (long)off);
	SHOW(read(p[0], b, 64));
	printf("%.8s\n", b);
	SHOW(sendfile(p[1], fd, NULL, 4));
	SHOW(sendfile(fd, p[0], NULL, 4));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(fcntl(fd, F_GETFL) & O_ACCMODE);
	SHOW(fcntl(fd, F_GETFL));
	SHOW(fcntl(p[0], F_GETFL));
	SHOW(fcntl(fd, F_SETFL, O_APPEND | O_RDONLY));
	SHOW(fcntl(fd, F_GETFL));
	SHOW(fcntl(99, F_GETFL));
	SHOW(fcntl(fd, 999));
	SHOW(fcntl(fd, F_DUPFD, -1));
	SHOW(fcntl(fd, F_DUPFD, 100000));
	SHOW(fcntl(fd, F_DUPFD, 50));
	SHOW(fcntl(50, F_GETFD));
	SHOW(fcntl(50, F_SETFD, FD_CLOEXEC));
	SHOW(fcntl(50, F_GETFD));
	SHOW(fcntl(fd, F_GETPIPE_SZ));
	SHOW(fcntl(p[0], F_SETPIPE_SZ, 0));
	SHOW(fcntl(p[0], F_SETPIPE_SZ, -1));
	SHOW(fcntl(p[0], F_SETPIPE_SZ, 1048577));
	int n;
	SHOW(ioctl(fd, FIONREAD, &n));
	printf("n %d\n", n);
	SHOW(ioctl(p[0], TCGETS, b));
	SHOW(ioctl(fd, TCGETS, b));
	SHOW(ioctl(99, FIONREAD, &n));
	n = 1;
	SHOW(ioctl(p[0], FIONBIO, &n));
	SHOW(read(p[0], b, 1));
	SHOW(ioctl(p[0], 0x12345, b));
	SHOW(flock(fd, 3));
	SHOW(flock(99, LOCK_EX));
	SHOW(flock(fd, LOCK_SH));
	SHOW(flock(fd, 0));
	SHOW(flock(p[0], LOCK_EX|LOCK_NB));
	SHOW(truncate("d", 0));
	SHOW(truncate("none", 0));
	SHOW(truncate("d/f", -1));
	SHOW(truncate("d/f", 4));
	SHOW(stat("d/f", &st));
	printf("size %ld blocks>0 %d\n", (long)st.st_size, st.st_blocks > 0);
	SHOW(chmod("d/f", 0000));
	SHOW(stat("d/f", &st));
	printf("%o\n", st.st_mode);
	SHOW(chmod("d/f", 07644));
	stat("d/f", &st);
	printf("%o\n", st.st_mode);
	SHOW(umask(077));
	SHOW(umask(022));
	SHOW(chmod("none", 0));
	SHOW(fchmod(99, 0));
	SHOW(chown("d/f", -1, -1));
	SHOW(chdir("d/f"));
	SHOW(chdir("none"));
	SHOW(chdir("d"));
	SHOW(access("f", F_OK));
	SHOW(chdir(".."));
	SHOW(access("f", F_OK));
	SHOW(access("d/f", X_OK));
	SHOW(access("d/f", 8));
	SHOW(access("", F_OK));
	int d = open("d", O_RDONLY);
	SHOW(openat(d, "f", O_RDONLY) >= 0);
	SHOW(openat(fd, "f", O_RDONLY));
	SHOW(openat(99, "f", O_RDONLY));
	SHOW(unlinkat(d, "f", AT_REMOVEDIR));
	SHOW(fstatat(d, "f", &st, 0));
	SHOW(fstatat(fd, "", &st, AT_EMPTY_PATH));
	SHOW(fstatat(d, "", &st, 0));
	SHOW(mkdirat(d, "sub", 0700));
	SHOW(unlinkat(d, "sub", 0));
	SHOW(unlinkat(d, "sub", AT_REMOVEDIR));
	SHOW(read(d, b, 1));
	SHOW(write(d, b, 1));
	SHOW(faccessat(d, "l", F_OK, 0));
	SHOW(linkat(d, "f", AT_FDCWD, "lf", 0));
	SHOW(renameat(d, "nowhere", AT_FDCWD, "w"));
	SHOW(symlinkat("x", d, "sl"));
	SHOW(readlinkat(d, "sl", b, 64));
	SHOW(unlink("w"));
	SHOW(unlink("lf"));
	SHOW(unlink("d/sl"));
	SHOW(unlink("d/l"));
	SHOW(unlink("d/dangling"));
	SHOW(unlink("d/f"));
	SHOW(dup2(fd, -1));
	SHOW(dup2(99, 3));
	SHOW(dup3(fd, fd, 0));
	SHOW(dup3(fd, 60, 12345));
	SHOW(dup3(fd, 60, O_CLOEXEC));
	SHOW(fcntl(60, F_GETFD));
	SHOW(dup(99));
	SHOW(close(99));
	SHOW(close(60));
	SHOW(close(60));
	SHOW(open("", O_RDONLY));
	SHOW(open(bad, O_RDONLY));
	SHOW(read(fd, bad, 4));
	SHOW(write(p[1], bad, 4));
	SHOW(stat("d", (struct stat *)bad));
	SHOW(pipe((int *)bad));
	SHOW(pipe2(p, 12345));
	SHOW(mknod("ff", S_IFIFO | 0600, 0));
	SHOW(mknod("ff", S_IFIFO | 0600, 0));
	SHOW(stat("ff", &st));
	printf("%o\n", st.st_mode);
	SHOW(truncate("ff", 0));
	SHOW(open("ff", O_WRONLY | O_NONBLOCK));
	SHOW(open("ff", O_RDWR) >= 0);
	SHOW(unlink("ff"));
	SHOW(unlink("d/nowhere"));
	SHOW(rmdir("d"));
	SHOW(posix_fallocate(fd, 0, 100));
	SHOW(fstat(fd, &st));
	printf("%ld\n", (long)st.st_size);
	SHOW(fdatasync(fd));
	return 0;
}
