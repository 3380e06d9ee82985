/* Asynchronous I/O, aio(7): requests are carried out by threads of the library, as in glibc. Those on one descriptor are done one
   after the other by one thread, in the order in which they were made. */
#include "internal.h"
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define IS_SYNC 100 /* aio_lio_opcode of aio_fsync(3). */
#define MOST_URGENT 20 /* AIO_PRIO_DELTA_MAX */

/* The requests of a descriptor; it lives as long as there are any. */
struct queue {
	int fd;
	struct aiocb *first; /* Being carried out. */
	struct aiocb *last;
	struct queue *next;
};

/* The list of a lio_listio(3). */
struct __aio_group {
	int pending; /* Whoever takes the last frees it. */
	struct sigevent event;
};

static struct queue *queues;
static int queues_lock;
static int completions; /* How many requests have ended: aio_suspend(3) sleeps on it. */

static void notify(const struct sigevent *event)
{
	siginfo_t info;

	if (event->sigev_notify == SIGEV_THREAD) {
		event->sigev_notify_function(event->sigev_value);
	} else if (event->sigev_notify == SIGEV_SIGNAL && event->sigev_signo != 0) {
		memset(&info, 0, sizeof info);
		info.si_signo = event->sigev_signo;
		info.si_code = SI_ASYNCIO;
		info.si_pid = getpid();
		info.si_uid = getuid();
		info.si_value = event->sigev_value;
		__syscall(SYS_rt_sigqueueinfo, (long)info.si_pid, (long)info.si_signo, (long)&info);
	}
}

static ssize_t carry_out(const struct aiocb *r)
{
	int has_position = lseek(r->aio_fildes, 0, SEEK_CUR) >= 0;

	switch (r->aio_lio_opcode) {
	case LIO_READ:
		return has_position ? pread(r->aio_fildes, (void *)r->aio_buf, r->aio_nbytes, r->aio_offset)
				    : read(r->aio_fildes, (void *)r->aio_buf, r->aio_nbytes);
	case LIO_WRITE:
		return has_position ? pwrite(r->aio_fildes, (void *)r->aio_buf, r->aio_nbytes, r->aio_offset)
				    : write(r->aio_fildes, (void *)r->aio_buf, r->aio_nbytes);
	default:
		return fsync(r->aio_fildes);
	}
}

/* The request is over: its owner may use the structure again as soon as `__error` says so. */
static void complete(struct aiocb *r, ssize_t result, int error)
{
	struct sigevent event = r->aio_sigevent;
	struct __aio_group *group = r->__group;
	int is_last = group && __sync_fetch_and_sub(&group->pending, 1) == 1;

	r->__result = result;
	__sync_lock_test_and_set(&r->__error, error);
	__sync_fetch_and_add(&completions, 1);
	__futex_wake(&completions, 0x7fffffff, 0);
	notify(&event);
	if (is_last) {
		notify(&group->event);
		free(group);
	}
}

/* Takes the first request out of its queue; what comes next, or NULL, with which the queue ends. Holds the lock. */
static struct aiocb *advance(struct queue *q)
{
	struct queue **link;

	q->first = q->first->__next;
	if (q->first)
		return q->first;
	for (link = &queues; *link != q; link = &(*link)->next)
		;
	*link = q->next;
	free(q);
	return NULL;
}

static void *work(void *arg)
{
	struct queue *q = arg;
	struct aiocb *r = q->first, *next;

	/* The workers keep no process alive. */
	__sync_fetch_and_sub(&__thread_count, 1);
	for (; r; r = next) {
		ssize_t result = carry_out(r);
		int error = result < 0 ? errno : 0;
		__lock_slow(&queues_lock);
		next = advance(q);
		__unlock_slow(&queues_lock);
		complete(r, result, error);
	}
	__sync_fetch_and_add(&__thread_count, 1);
	return NULL;
}

static int start_worker(struct queue *q)
{
	pthread_attr_t attr;
	pthread_t thread;
	unsigned long mask = __block_all_signals();
	int error;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&thread, &attr, work, q);
	__restore_signals(mask);
	return error;
}

static struct queue *queue_of(int fd)
{
	struct queue *q = queues;

	while (q && q->fd != fd)
		q = q->next;
	return q;
}

static int enqueue(struct aiocb *r, int opcode, struct __aio_group *group)
{
	struct queue *q;
	int error = 0;

	if (r->aio_reqprio < 0 || r->aio_reqprio > MOST_URGENT) {
		r->__error = errno = EINVAL;
		r->__result = -1;
		return -1;
	}
	__threaded = 1;
	r->aio_lio_opcode = opcode;
	r->__error = EINPROGRESS;
	r->__next = NULL;
	r->__group = group;
	__lock_slow(&queues_lock);
	q = queue_of(r->aio_fildes);
	if (q) {
		q->last->__next = r;
		q->last = r;
	} else if (!(q = malloc(sizeof *q))) {
		error = EAGAIN;
	} else {
		q->fd = r->aio_fildes;
		q->first = q->last = r;
		q->next = queues;
		queues = q;
		error = start_worker(q);
		if (error)
			advance(q);
	}
	__unlock_slow(&queues_lock);
	if (!error)
		return 0;
	r->__error = errno = EAGAIN;
	r->__result = -1;
	return -1;
}

int aio_read(struct aiocb *r)
{
	return enqueue(r, LIO_READ, NULL);
}

int aio_write(struct aiocb *r)
{
	return enqueue(r, LIO_WRITE, NULL);
}

int aio_fsync(int operation, struct aiocb *r)
{
	if (operation != O_SYNC && operation != O_DSYNC) {
		errno = EINVAL;
		return -1;
	}
	if (fcntl(r->aio_fildes, F_GETFL) < 0)
		return -1;
	return enqueue(r, IS_SYNC, NULL);
}

int aio_error(const struct aiocb *r)
{
	return r->__error;
}

ssize_t aio_return(struct aiocb *r)
{
	return r->__result;
}

static int is_any_done(const struct aiocb *const list[], int count)
{
	int i, is_empty = 1;

	for (i = 0; i < count; i++) {
		if (!list[i])
			continue;
		if (list[i]->__error != EINPROGRESS)
			return 1;
		is_empty = 0;
	}
	return is_empty;
}

int aio_suspend(const struct aiocb *const list[], int count, const struct timespec *restrict timeout)
{
	struct timespec until;
	int seen, error;

	if (timeout) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += timeout->tv_sec + (until.tv_nsec + timeout->tv_nsec) / 1000000000;
		until.tv_nsec = (until.tv_nsec + timeout->tv_nsec) % 1000000000;
	}
	for (;;) {
		seen = *(volatile int *)&completions;
		if (is_any_done(list, count))
			return 0;
		error = __futex_wait_until(&completions, seen, 0xffffffff, 0, CLOCK_MONOTONIC, timeout ? &until : NULL);
		if (error == ETIMEDOUT || error == EINTR) {
			errno = error == EINTR ? EINTR : EAGAIN;
			return -1;
		}
	}
}

/* What a thread carries out already can't be cancelled. */
int aio_cancel(int fd, struct aiocb *wanted)
{
	struct aiocb *cancelled = NULL, *r, *next, *previous;
	struct queue *q;
	int result = AIO_ALLDONE;

	if (fcntl(fd, F_GETFL) < 0)
		return -1;
	if (wanted && wanted->aio_fildes != fd) {
		errno = EINVAL;
		return -1;
	}
	__lock_slow(&queues_lock);
	q = queue_of(fd);
	if (q && (!wanted || wanted == q->first))
		result = AIO_NOTCANCELED;
	for (previous = q ? q->first : NULL; previous && (r = previous->__next) != NULL;) {
		if (wanted && wanted != r) {
			previous = r;
			continue;
		}
		previous->__next = r->__next;
		if (q->last == r)
			q->last = previous;
		r->__next = cancelled;
		cancelled = r;
		if (result == AIO_ALLDONE)
			result = AIO_CANCELED;
	}
	__unlock_slow(&queues_lock);
	for (r = cancelled; r; r = next) {
		next = r->__next;
		complete(r, -1, ECANCELED);
	}
	return result;
}

static int wait_for_all(struct aiocb *const list[], int count)
{
	int i, has_failed = 0;

	for (i = 0; i < count; i++) {
		const struct aiocb *one[1] = { list[i] };
		if (!list[i] || list[i]->aio_lio_opcode == LIO_NOP)
			continue;
		if (aio_suspend(one, 1, NULL) < 0)
			return -1;
		has_failed |= list[i]->__error != 0;
	}
	if (!has_failed)
		return 0;
	errno = EIO;
	return -1;
}

int lio_listio(int mode, struct aiocb *const list[], int count, struct sigevent *restrict event)
{
	struct __aio_group *group;
	int i, has_failed = 0;

	if ((mode != LIO_WAIT && mode != LIO_NOWAIT) || count < 0) {
		errno = EINVAL;
		return -1;
	}
	group = calloc(1, sizeof *group);
	if (!group)
		return -1;
	group->pending = 1;
	group->event.sigev_notify = SIGEV_NONE;
	if (event && mode == LIO_NOWAIT)
		group->event = *event;
	for (i = 0; i < count; i++) {
		if (!list[i] || list[i]->aio_lio_opcode == LIO_NOP)
			continue;
		__sync_fetch_and_add(&group->pending, 1);
		if (enqueue(list[i], list[i]->aio_lio_opcode, group) < 0) {
			__sync_fetch_and_sub(&group->pending, 1);
			has_failed = 1;
		}
	}
	if (mode == LIO_WAIT && wait_for_all(list, count) < 0)
		has_failed = 1;
	if (__sync_fetch_and_sub(&group->pending, 1) == 1) {
		notify(&group->event);
		free(group);
	}
	if (!has_failed)
		return 0;
	errno = EIO;
	return -1;
}
