/* Memory mappings and POSIX shared memory: mmap(2), shm_open(3). */
#include "internal.h"
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (offset & 4095) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return (void *)__SYSCALL6(mmap, address, length, protection, flags, fd, offset);
}

int munmap(void *address, size_t length)
{
	return (int)__SYSCALL2(munmap, address, length);
}

int mprotect(void *address, size_t length, int protection)
{
	return (int)__SYSCALL3(mprotect, address, length, protection);
}

void *mremap(void *address, size_t old_length, size_t new_length, int flags, ...)
{
	void *target = NULL;

	if (flags & MREMAP_FIXED) {
		va_list args;
		va_start(args, flags);
		target = va_arg(args, void *);
		va_end(args);
	}
	return (void *)__SYSCALL5(mremap, address, old_length, new_length, flags, target);
}

int msync(void *address, size_t length, int flags)
{
	return (int)__BLOCKING(msync, address, length, flags, 0, 0, 0);
}

int madvise(void *address, size_t length, int advice)
{
	return (int)__SYSCALL3(madvise, address, length, advice);
}

int posix_madvise(void *address, size_t length, int advice)
{
	return advice == POSIX_MADV_DONTNEED ? 0 : (int)-__syscall(SYS_madvise, (long)address, (long)length, (long)advice);
}

int mlock(const void *address, size_t length)
{
	return (int)__SYSCALL2(mlock, address, length);
}

int munlock(const void *address, size_t length)
{
	return (int)__SYSCALL2(munlock, address, length);
}

int mlockall(int flags)
{
	return (int)__SYSCALL1(mlockall, flags);
}

int munlockall(void)
{
	return (int)__SYSCALL0(munlockall);
}

int mincore(void *address, size_t length, unsigned char *vector)
{
	return (int)__SYSCALL3(mincore, address, length, vector);
}

int memfd_create(const char *name, unsigned int flags)
{
	return (int)__SYSCALL2(memfd_create, name, flags);
}

/* Makes "/dev/shm/" + prefix + name; leading slashes of the name don't count. */
int __shared_memory_path(char *path, const char *prefix, const char *name, int error)
{
	while (*name == '/')
		name++;
	if (!*name || strchr(name, '/')) {
		errno = error;
		return -1;
	}
	if (strlen(prefix) + strlen(name) >= NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(path, "/dev/shm/");
	strcat(path, prefix);
	strcat(path, name);
	return 0;
}

int shm_open(const char *name, int flags, mode_t mode)
{
	char path[NAME_MAX + 16];

	if (__shared_memory_path(path, "", name, EINVAL) < 0)
		return -1;
	return open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode);
}

int shm_unlink(const char *name)
{
	char path[NAME_MAX + 16];

	if (__shared_memory_path(path, "", name, ENOENT) < 0)
		return -1;
	if (unlink(path) < 0) {
		if (errno == EPERM)
			errno = EACCES;
		return -1;
	}
	return 0;
}
