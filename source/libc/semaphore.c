/* POSIX semaphores (sem_overview(7)) on futexes. A named one is a file of 32 bytes in /dev/shm that everybody maps. */
#include "internal.h"
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int sem_init(sem_t *sem, int pshared, unsigned int value)
{
	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return -1;
	}
	memset(sem, 0, sizeof *sem);
	sem->__value = (int)value;
	sem->__pshared = pshared != 0;
	return 0;
}

int sem_destroy(sem_t *sem)
{
	(void)sem;
	return 0;
}

static int try_take(sem_t *sem)
{
	int value;

	while ((value = *(volatile int *)&sem->__value) > 0) {
		if (__sync_bool_compare_and_swap(&sem->__value, value, value - 1))
			return 1;
	}
	return 0;
}

int sem_trywait(sem_t *sem)
{
	if (try_take(sem))
		return 0;
	errno = EAGAIN;
	return -1;
}

static void stop_waiting(void *sem)
{
	__sync_fetch_and_sub(&((sem_t *)sem)->__waiters, 1);
}

static int wait_slow(sem_t *sem, clockid_t clock, const struct timespec *until)
{
	struct __pthread *self = __SELF;
	struct __pthread_cleanup cleanup;
	int error = 0;

	__sync_fetch_and_add(&sem->__waiters, 1);
	__pthread_cleanup_push(&cleanup, stop_waiting, sem);
	while (!try_take(sem)) {
		if (error == EINTR || error == ETIMEDOUT)
			break;
		self->in_cancellation_point = 1;
		if (self->cancel_requested)
			__act_on_cancel(self);
		error = __futex_wait_until(&sem->__value, 0, FUTEX_BITSET_MATCH_ANY, sem->__pshared, clock, until);
		self->in_cancellation_point = 0;
		if (error != EINTR && error != ETIMEDOUT)
			error = 0;
		else if (!try_take(sem))
			break;
		else {
			error = 0;
			break;
		}
	}
	__pthread_cleanup_pop(&cleanup, 1);
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}

int sem_wait(sem_t *sem)
{
	pthread_testcancel();
	return try_take(sem) ? 0 : wait_slow(sem, CLOCK_REALTIME, NULL);
}

int sem_clockwait(sem_t *restrict sem, clockid_t clock, const struct timespec *restrict until)
{
	if (!__is_valid_timespec(until)) {
		errno = EINVAL;
		return -1;
	}
	pthread_testcancel();
	return try_take(sem) ? 0 : wait_slow(sem, clock, until);
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until)
{
	return sem_clockwait(sem, CLOCK_REALTIME, until);
}

int sem_post(sem_t *sem)
{
	int value;

	do {
		value = *(volatile int *)&sem->__value;
		if (value == SEM_VALUE_MAX) {
			errno = EOVERFLOW;
			return -1;
		}
	} while (!__sync_bool_compare_and_swap(&sem->__value, value, value + 1));
	if (sem->__waiters > 0)
		__futex_wake(&sem->__value, 1, sem->__pshared);
	return 0;
}

int sem_getvalue(sem_t *restrict sem, int *restrict value)
{
	*value = sem->__value;
	return 0;
}

/* ---- Named semaphores. Opening one twice gives the same address. ---- */

struct opened {
	struct opened *next;
	sem_t *sem;
	dev_t device;
	ino_t inode;
	int count;
};
static struct opened *opened;
static int opened_lock;

static sem_t *map_semaphore(int fd)
{
	struct stat st;
	struct opened *o;
	sem_t *sem = SEM_FAILED;

	if (fstat(fd, &st) < 0)
		return SEM_FAILED;
	__LOCK(&opened_lock);
	for (o = opened; o && (o->device != st.st_dev || o->inode != st.st_ino); o = o->next)
		;
	if (o) {
		o->count++;
		sem = o->sem;
	} else {
		sem = mmap(NULL, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		o = sem == MAP_FAILED ? NULL : malloc(sizeof *o);
		if (o) {
			o->sem = sem;
			o->device = st.st_dev;
			o->inode = st.st_ino;
			o->count = 1;
			o->next = opened;
			opened = o;
		} else {
			sem = SEM_FAILED;
		}
	}
	__UNLOCK(&opened_lock);
	return sem;
}

/* Fills a file of another name and links it, so that nobody ever sees a half-made semaphore. */
static sem_t *create(const char *path, mode_t mode, unsigned int value, int *exists)
{
	char name[NAME_MAX + 32];
	sem_t image, *sem;
	int fd;

	snprintf(name, sizeof name, "/dev/shm/sem.%d.%lx", getpid(), (unsigned long)&image);
	sem_init(&image, 1, value);
	fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return SEM_FAILED;
	if (write(fd, &image, sizeof image) != sizeof image) {
		sem = SEM_FAILED;
	} else if (link(name, path) < 0) {
		*exists = errno == EEXIST;
		sem = SEM_FAILED;
	} else {
		sem = map_semaphore(fd);
	}
	{
		int saved = errno;
		unlink(name);
		close(fd);
		errno = saved;
	}
	return sem;
}

sem_t *sem_open(const char *name, int flags, ...)
{
	char path[NAME_MAX + 16];
	mode_t mode;
	unsigned int value;
	sem_t *sem;
	va_list args;
	int fd, exists;

	if (__shared_memory_path(path, "sem.", name, EINVAL) < 0)
		return SEM_FAILED;
	for (;;) {
		if ((flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL)) {
			fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
			if (fd >= 0) {
				sem = map_semaphore(fd);
				close(fd);
				return sem;
			}
			if (errno != ENOENT || !(flags & O_CREAT))
				return SEM_FAILED;
		}
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		value = va_arg(args, unsigned int);
		va_end(args);
		if (value > SEM_VALUE_MAX) {
			errno = EINVAL;
			return SEM_FAILED;
		}
		exists = 0;
		sem = create(path, mode, value, &exists);
		if (sem != SEM_FAILED || !exists || (flags & O_EXCL))
			return sem;
	}
}

int sem_close(sem_t *sem)
{
	struct opened **link, *o = NULL;

	__LOCK(&opened_lock);
	for (link = &opened; *link; link = &(*link)->next) {
		if ((*link)->sem == sem) {
			o = *link;
			if (--o->count == 0)
				*link = o->next;
			break;
		}
	}
	__UNLOCK(&opened_lock);
	if (!o) {
		errno = EINVAL;
		return -1;
	}
	if (o->count == 0) {
		munmap(sem, sizeof(sem_t));
		free(o);
	}
	return 0;
}

int sem_unlink(const char *name)
{
	char path[NAME_MAX + 16];

	if (__shared_memory_path(path, "sem.", name, ENOENT) < 0)
		return -1;
	if (unlink(path) < 0) {
		if (errno == EPERM)
			errno = EACCES;
		return -1;
	}
	return 0;
}
