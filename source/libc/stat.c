/* Files by name: stat(2), chmod(2), mkdir(2), link(2), unlink(2), rename(2) and their relatives. */
#include "internal.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

int stat(const char *restrict path, struct stat *restrict buffer)
{
	return (int)__SYSCALL2(stat, path, buffer);
}

int fstat(int fd, struct stat *buffer)
{
	return (int)__SYSCALL2(fstat, fd, buffer);
}

int lstat(const char *restrict path, struct stat *restrict buffer)
{
	return (int)__SYSCALL2(lstat, path, buffer);
}

int fstatat(int dir, const char *restrict path, struct stat *restrict buffer, int flags)
{
	return (int)__SYSCALL4(newfstatat, dir, path, buffer, flags);
}

int chmod(const char *path, mode_t mode)
{
	return (int)__SYSCALL2(chmod, path, mode);
}

int fchmod(int fd, mode_t mode)
{
	return (int)__SYSCALL2(fchmod, fd, mode);
}

int fchmodat(int dir, const char *path, mode_t mode, int flags)
{
	if (flags & ~AT_SYMLINK_NOFOLLOW) {
		errno = EINVAL;
		return -1;
	}
	if (flags) {
		errno = EOPNOTSUPP;
		return -1;
	}
	return (int)__SYSCALL3(fchmodat, dir, path, mode);
}

mode_t umask(mode_t mask)
{
	return (mode_t)__syscall(SYS_umask, (long)mask);
}

int mkdir(const char *path, mode_t mode)
{
	return (int)__SYSCALL2(mkdir, path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return (int)__SYSCALL3(mkdirat, dir, path, mode);
}

int mknod(const char *path, mode_t mode, dev_t device)
{
	return (int)__SYSCALL3(mknod, path, mode, device);
}

int mknodat(int dir, const char *path, mode_t mode, dev_t device)
{
	return (int)__SYSCALL4(mknodat, dir, path, mode, device);
}

int mkfifo(const char *path, mode_t mode)
{
	return mknod(path, (mode & ~(mode_t)S_IFMT) | S_IFIFO, 0);
}

int mkfifoat(int dir, const char *path, mode_t mode)
{
	return mknodat(dir, path, (mode & ~(mode_t)S_IFMT) | S_IFIFO, 0);
}

int access(const char *path, int mode)
{
	return (int)__SYSCALL2(access, path, mode);
}

int faccessat(int dir, const char *path, int mode, int flags)
{
	if (flags == 0)
		return (int)__SYSCALL3(faccessat, dir, path, mode);
	return (int)__SYSCALL4(faccessat2, dir, path, mode, flags);
}

int link(const char *from, const char *to)
{
	return (int)__SYSCALL2(link, from, to);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
	return (int)__SYSCALL5(linkat, from_dir, from, to_dir, to, flags);
}

int unlink(const char *path)
{
	return (int)__SYSCALL1(unlink, path);
}

int unlinkat(int dir, const char *path, int flags)
{
	return (int)__SYSCALL3(unlinkat, dir, path, flags);
}

int rmdir(const char *path)
{
	return (int)__SYSCALL1(rmdir, path);
}

int remove(const char *path)
{
	long result = __syscall(SYS_unlink, (long)path);

	if (result == -EISDIR || result == -EPERM)
		result = __syscall(SYS_rmdir, (long)path);
	return (int)__syscall_return(result);
}

int rename(const char *from, const char *to)
{
	return (int)__SYSCALL2(rename, from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return (int)__SYSCALL4(renameat, from_dir, from, to_dir, to);
}

int symlink(const char *target, const char *path)
{
	return (int)__SYSCALL2(symlink, target, path);
}

int symlinkat(const char *target, int dir, const char *path)
{
	return (int)__SYSCALL3(symlinkat, target, dir, path);
}

ssize_t readlink(const char *restrict path, char *restrict buffer, size_t size)
{
	return __SYSCALL3(readlink, path, buffer, size);
}

ssize_t readlinkat(int dir, const char *restrict path, char *restrict buffer, size_t size)
{
	return __SYSCALL4(readlinkat, dir, path, buffer, size);
}

int chown(const char *path, uid_t owner, gid_t group)
{
	return (int)__SYSCALL3(chown, path, owner, group);
}

int fchown(int fd, uid_t owner, gid_t group)
{
	return (int)__SYSCALL3(fchown, fd, owner, group);
}

int lchown(const char *path, uid_t owner, gid_t group)
{
	return (int)__SYSCALL3(lchown, path, owner, group);
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags)
{
	return (int)__SYSCALL4(utimensat, dir, path, times, flags);
}

int futimens(int fd, const struct timespec times[2])
{
	return (int)__SYSCALL4(utimensat, fd, 0, times, 0);
}

static const struct timespec *to_timespecs(const struct timeval times[2], struct timespec result[2])
{
	int i;

	if (!times)
		return NULL;
	for (i = 0; i < 2; i++) {
		result[i].tv_sec = times[i].tv_sec;
		result[i].tv_nsec = times[i].tv_usec * 1000;
	}
	return result;
}

int utimes(const char *path, const struct timeval times[2])
{
	struct timespec t[2];

	return utimensat(AT_FDCWD, path, to_timespecs(times, t), 0);
}

int futimes(int fd, const struct timeval times[2])
{
	struct timespec t[2];

	return futimens(fd, to_timespecs(times, t));
}

int utime(const char *path, const struct utimbuf *times)
{
	struct timespec t[2];

	if (!times)
		return utimensat(AT_FDCWD, path, NULL, 0);
	memset(t, 0, sizeof t);
	t[0].tv_sec = times->actime;
	t[1].tv_sec = times->modtime;
	return utimensat(AT_FDCWD, path, t, 0);
}

struct kernel_statfs {
	long type, block_size;
	unsigned long blocks, free, available, files, free_files;
	int id[2];
	long name_length, fragment_size, flags, spare[4];
};

static int convert_statfs(long result, const struct kernel_statfs *k, struct statvfs *buffer)
{
	if (result < 0)
		return -1;
	memset(buffer, 0, sizeof *buffer);
	buffer->f_bsize = (unsigned long)k->block_size;
	buffer->f_frsize = (unsigned long)(k->fragment_size ? k->fragment_size : k->block_size);
	buffer->f_blocks = k->blocks;
	buffer->f_bfree = k->free;
	buffer->f_bavail = k->available;
	buffer->f_files = k->files;
	buffer->f_ffree = buffer->f_favail = k->free_files;
	buffer->f_flag = (unsigned long)k->flags;
	buffer->f_namemax = (unsigned long)k->name_length;
	return 0;
}

int statvfs(const char *restrict path, struct statvfs *restrict buffer)
{
	struct kernel_statfs k;

	return convert_statfs(__SYSCALL2(statfs, path, &k), &k, buffer);
}

int fstatvfs(int fd, struct statvfs *buffer)
{
	struct kernel_statfs k;

	return convert_statfs(__SYSCALL2(fstatfs, fd, &k), &k, buffer);
}
