// POSIX asynchronous I/O, aio(7): results, notification by signal and by thread, waiting, cancelling, lists.
// expect: written: 9
// expect: read: 3 aio, signal with SI_ASYNCIO and value 7
// expect: pending: EINPROGRESS, suspended: EAGAIN
// expect: second request cancelled: ECANCELED, the first not: 1
// expect: first: 5 12345, thread got 55
// expect: list: abc
// expect: list with a bad descriptor: EIO, EBADF
// expect: sync: 0, wrong kind: EINVAL
#define _GNU_SOURCE
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t signal_code, signal_value, thread_value;

static void note(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	signal_code = info->si_code;
	signal_value = info->si_value.sival_int;
}

static void run(union sigval value)
{
	thread_value = value.sival_int;
}

static struct aiocb request(int fd, void *buffer, size_t size, off_t offset)
{
	struct aiocb r;

	memset(&r, 0, sizeof r);
	r.aio_fildes = fd;
	r.aio_buf = buffer;
	r.aio_nbytes = size;
	r.aio_offset = offset;
	r.aio_sigevent.sigev_notify = SIGEV_NONE;
	return r;
}

static ssize_t finish(struct aiocb *r)
{
	const struct aiocb *list[1] = {r};

	while (aio_suspend(list, 1, NULL) < 0 && errno == EINTR)
		;
	return aio_return(r);
}

static const char *name_of(int error)
{
	switch (error) {
	case EINPROGRESS:
		return "EINPROGRESS";
	case EAGAIN:
		return "EAGAIN";
	case ECANCELED:
		return "ECANCELED";
	case EIO:
		return "EIO";
	case EBADF:
		return "EBADF";
	case EINVAL:
		return "EINVAL";
	default:
		return strerror(error);
	}
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0600), channel[2], i;
	char text[] = "hello aio", buffer[32] = "", letters[] = "abc", other[8];
	struct timespec short_time = {0, 10000000};
	struct sigaction action;
	struct aiocb first, second, parts[3], *list[4];
	const struct aiocb *waiting[1] = {&first};

	first = request(fd, text, 9, 0);
	aio_write(&first);
	printf("written: %zd\n", finish(&first));

	memset(&action, 0, sizeof action);
	action.sa_sigaction = note;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGUSR1, &action, NULL);
	first = request(fd, buffer, sizeof buffer, 6);
	first.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	first.aio_sigevent.sigev_signo = SIGUSR1;
	first.aio_sigevent.sigev_value.sival_int = 7;
	aio_read(&first);
	printf("read: %zd ", finish(&first));
	usleep(10000);
	printf("%s, signal with %s and value %d\n", buffer, signal_code == SI_ASYNCIO ? "SI_ASYNCIO" : "?", (int)signal_value);

	pipe(channel);
	first = request(channel[0], buffer, 5, 0);
	first.aio_sigevent.sigev_notify = SIGEV_THREAD;
	first.aio_sigevent.sigev_notify_function = run;
	first.aio_sigevent.sigev_value.sival_int = 55;
	aio_read(&first);
	usleep(10000);
	printf("pending: %s", name_of(aio_error(&first)));
	printf(", suspended: %s\n", aio_suspend(waiting, 1, &short_time) < 0 ? name_of(errno) : "?");
	second = request(channel[0], other, sizeof other, 0);
	aio_read(&second);
	aio_cancel(channel[0], &second);
	printf("second request cancelled: %s", name_of(aio_error(&second)));
	printf(", the first not: %d\n", aio_cancel(channel[0], &first) == AIO_NOTCANCELED);
	write(channel[1], "12345", 5);
	printf("first: %zd ", finish(&first));
	usleep(10000);
	printf("%.5s, thread got %d\n", buffer, (int)thread_value);

	for (i = 0; i < 3; i++) {
		parts[i] = request(fd, letters + i, 1, 100 + i);
		parts[i].aio_lio_opcode = LIO_WRITE;
		list[i] = &parts[i];
	}
	list[3] = NULL;
	lio_listio(LIO_WAIT, list, 4, NULL);
	memset(buffer, 0, sizeof buffer);
	pread(fd, buffer, 3, 100);
	printf("list: %s\n", buffer);
	parts[1].aio_fildes = 99;
	printf("list with a bad descriptor: %s", lio_listio(LIO_WAIT, list, 3, NULL) < 0 ? name_of(errno) : "?");
	printf(", %s\n", name_of(aio_error(&parts[1])));
	first = request(fd, NULL, 0, 0);
	aio_fsync(O_SYNC, &first);
	printf("sync: %zd", finish(&first));
	printf(", wrong kind: %s\n", aio_fsync(77, &first) < 0 ? name_of(errno) : "?");
	return 0;
}
