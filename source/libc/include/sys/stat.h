#ifndef _SYS_STAT_H
#define _SYS_STAT_H

#include <bits/stat.h>

#define S_IREAD S_IRUSR
#define S_IWRITE S_IWUSR
#define S_IEXEC S_IXUSR
#define ACCESSPERMS 0777
#define ALLPERMS 07777
#define DEFFILEMODE 0666
#define S_BLKSIZE 512
#define UTIME_NOW 0x3fffffff
#define UTIME_OMIT 0x3ffffffe

#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)
#define S_ISBLK(mode) (((mode) & S_IFMT) == S_IFBLK)
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#define S_ISFIFO(mode) (((mode) & S_IFMT) == S_IFIFO)
#define S_ISLNK(mode) (((mode) & S_IFMT) == S_IFLNK)
#define S_ISSOCK(mode) (((mode) & S_IFMT) == S_IFSOCK)

extern int stat(const char *__restrict __path, struct stat *__restrict __buffer);
extern int fstat(int __fd, struct stat *__buffer);
#define stat64 stat
#define fstat64 fstat
#define lstat64 lstat
extern int lstat(const char *__restrict __path, struct stat *__restrict __buffer);
extern int fstatat(int __dir, const char *__restrict __path, struct stat *__restrict __buffer, int __flags);
extern int chmod(const char *__path, mode_t __mode);
extern int fchmod(int __fd, mode_t __mode);
extern int fchmodat(int __dir, const char *__path, mode_t __mode, int __flags);
extern mode_t umask(mode_t __mask);
extern int mkdir(const char *__path, mode_t __mode);
extern int mkdirat(int __dir, const char *__path, mode_t __mode);
extern int mkfifo(const char *__path, mode_t __mode);
extern int mkfifoat(int __dir, const char *__path, mode_t __mode);
extern int mknod(const char *__path, mode_t __mode, dev_t __device);
extern int mknodat(int __dir, const char *__path, mode_t __mode, dev_t __device);
extern int utimensat(int __dir, const char *__path, const struct timespec __times[2], int __flags);
extern int futimens(int __fd, const struct timespec __times[2]);

#endif
