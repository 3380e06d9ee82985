/* Watching files and directories: inotify(7). */
#include "internal.h"
#include <sys/inotify.h>

int inotify_init(void)
{
	return inotify_init1(0);
}

int inotify_init1(int flags)
{
	return (int)__SYSCALL1(inotify_init1, flags);
}

int inotify_add_watch(int fd, const char *path, uint32_t mask)
{
	return (int)__SYSCALL3(inotify_add_watch, fd, path, mask);
}

int inotify_rm_watch(int fd, int watch)
{
	return (int)__SYSCALL2(inotify_rm_watch, fd, watch);
}
