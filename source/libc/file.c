/* The streams of stdio: buffers, and how they are filled and emptied. The visible behaviour is glibc's: a buffer of
   st_blksize bytes (1024 on the console, 4096 for files and pipes), line buffered on a terminal, full buffers written
   whole, long writes passed by the buffer in whole blocks, standard output flushed before the terminal is read. */
#include "internal.h"
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

FILE __stdin_file = { .flags = __F_NO_WRITE | __F_STATIC, .fd = 0 };
FILE __stdout_file = { .flags = __F_NO_READ | __F_STATIC, .fd = 1, .next = &__stdin_file };
FILE __stderr_file = { .flags = __F_NO_READ | __F_STATIC | __F_UNBUFFERED, .fd = 2, .next = &__stdout_file };
FILE *stdin = &__stdin_file;
FILE *stdout = &__stdout_file;
FILE *stderr = &__stderr_file;
FILE *__open_files = &__stderr_file;
int __open_files_lock;

/* The lock of a stream may be taken again by its owner (flockfile(3)). */
void __lock_file_slow(FILE *f)
{
	struct __pthread *self = __SELF;

	if (f->lock_owner != self) {
		__lock_slow(&f->lock);
		f->lock_owner = self;
	}
	f->lock_count++;
}

void __unlock_file_slow(FILE *f)
{
	if (f->lock_owner != __SELF)
		return; /* The first thread was created while the stream was in use. */
	if (--f->lock_count == 0) {
		f->lock_owner = NULL;
		__unlock_slow(&f->lock);
	}
}

void flockfile(FILE *f)
{
	__lock_file_slow(f);
}

int ftrylockfile(FILE *f)
{
	if (f->lock_owner != __SELF) {
		if (!__sync_bool_compare_and_swap(&f->lock, 0, 1))
			return -1;
		f->lock_owner = __SELF;
	}
	f->lock_count++;
	return 0;
}

void funlockfile(FILE *f)
{
	__unlock_file_slow(f);
}

static void allocate_buffer(FILE *f)
{
	size_t size = BUFSIZ;
	struct stat st;

	if (f->buffer)
		return;
	if (!(f->flags & __F_UNBUFFERED)) {
		if (!f->backend && __syscall(SYS_fstat, (long)f->fd, (long)&st) == 0) {
			if (S_ISCHR(st.st_mode) && !(f->flags & __F_MODE_SET)) {
				struct termios attributes;
				if (__syscall(SYS_ioctl, (long)f->fd, (long)TCGETS, (long)&attributes) == 0)
					f->flags |= __F_LINE_BUFFERED;
			}
			if (st.st_blksize > 0 && st.st_blksize < BUFSIZ)
				size = (size_t)st.st_blksize;
		}
		f->buffer = malloc(size);
		f->buffer_size = size;
	}
	if (!f->buffer) {
		f->buffer = f->tiny;
		f->buffer_size = 1;
	}
}

static long read_some(FILE *f, void *to, size_t count)
{
	long n = f->backend ? (f->backend->read ? f->backend->read(f, to, count) : 0) : __BLOCKING(read, f->fd, to, count, 0, 0, 0);

	if (n <= 0)
		f->flags |= n == 0 ? __F_EOF : __F_ERROR;
	return n;
}

/* Returns how many bytes were written; fewer than `count` only after an error. */
static size_t write_all(FILE *f, const unsigned char *from, size_t count)
{
	size_t done = 0;

	while (done < count) {
		long n = f->backend ? f->backend->write(f, (const char *)from + done, count - done)
				    : __BLOCKING(write, f->fd, from + done, count - done, 0, 0, 0);
		if (n < 0) {
			f->flags |= __F_ERROR;
			break;
		}
		done += (size_t)n;
	}
	return done;
}

/* Empties the write buffer. What could not be written is lost, as in glibc. */
int __flush(FILE *f)
{
	size_t count;

	if (!(f->flags & __F_WRITING))
		return 0;
	count = (size_t)(f->write_next - f->buffer);
	f->write_next = f->buffer;
	return count == 0 || write_all(f, f->buffer, count) == count ? 0 : EOF;
}

/* Gives unread bytes back: the file offset goes to where the reader is. */
void __forget_read(FILE *f)
{
	long unread = f->read_end - f->read_next;

	if (f->saved_next) {
		unread += f->saved_end - f->saved_next;
		f->saved_next = f->saved_end = NULL;
	}
	if (unread > 0) {
		if (f->backend) {
			if (f->backend->seek)
				f->backend->seek(f, -unread, SEEK_CUR);
		} else {
			__syscall(SYS_lseek, (long)f->fd, -unread, (long)SEEK_CUR);
		}
	}
	f->read_next = f->read_end = NULL;
	f->flags &= ~__F_READING;
}

static int start_writing(FILE *f)
{
	if (f->flags & __F_WRITING)
		return 0;
	if (f->flags & __F_NO_WRITE) {
		errno = EBADF;
		f->flags |= __F_ERROR;
		return EOF;
	}
	if (f->flags & __F_READING)
		__forget_read(f);
	allocate_buffer(f);
	f->flags |= __F_WRITING;
	f->write_next = f->buffer;
	f->write_end = f->flags & (__F_LINE_BUFFERED | __F_UNBUFFERED) ? f->buffer : f->buffer + f->buffer_size;
	return 0;
}

int __put_slow(FILE *f, int c)
{
	if (start_writing(f))
		return EOF;
	if (f->write_next == f->buffer + f->buffer_size && __flush(f))
		return EOF;
	*f->write_next++ = (unsigned char)c;
	if ((f->flags & __F_UNBUFFERED) || ((f->flags & __F_LINE_BUFFERED) && (char)c == '\n')) {
		if (__flush(f))
			return EOF;
	}
	return (unsigned char)c;
}

/* The rest of a long write, less than a buffer: line by line on a line-buffered stream. */
static size_t put_rest(FILE *f, const char *s, size_t count)
{
	size_t i;

	if (!(f->flags & (__F_LINE_BUFFERED | __F_UNBUFFERED))) {
		memcpy(f->write_next, s, count);
		f->write_next += count;
		return count;
	}
	for (i = 0; i < count; i++) {
		if (__put_slow(f, s[i]) == EOF)
			break;
	}
	return i;
}

size_t __fwrite_unlocked(const char *s, size_t count, FILE *f)
{
	size_t rest = count, room = 0, blocks;
	int must_flush = 0;

	if (count == 0)
		return 0;
	if (f->flags & __F_WRITING) {
		if (f->flags & __F_LINE_BUFFERED) {
			room = (size_t)(f->buffer + f->buffer_size - f->write_next);
			if (room >= count) {
				const char *newline = memrchr(s, '\n', count);
				if (newline) {
					room = (size_t)(newline - s) + 1;
					must_flush = 1;
				}
			}
		} else if (f->write_end > f->write_next) {
			room = (size_t)(f->write_end - f->write_next);
		}
	}
	if (room > 0) {
		if (room > rest)
			room = rest;
		memcpy(f->write_next, s, room);
		f->write_next += room;
		s += room;
		rest -= room;
	}
	if (rest == 0 && !must_flush)
		return count;
	if (start_writing(f) || __flush(f))
		return rest == 0 ? 0 : count - rest;
	blocks = rest - (f->buffer_size >= 128 ? rest % f->buffer_size : 0);
	if (blocks > 0) {
		size_t done = write_all(f, (const unsigned char *)s, blocks);
		rest -= done;
		s += done;
		if (done < blocks)
			return count - rest;
	}
	if (rest > 0)
		rest -= put_rest(f, s, rest);
	return count - rest;
}

static int start_reading(FILE *f)
{
	if (f->flags & __F_NO_READ) {
		errno = EBADF;
		f->flags |= __F_ERROR;
		return EOF;
	}
	if (f->flags & __F_WRITING) {
		if (__flush(f))
			return EOF;
		f->flags &= ~__F_WRITING;
		f->write_next = f->write_end = NULL;
	}
	allocate_buffer(f);
	f->flags |= __F_READING;
	return 0;
}

int __fill(FILE *f)
{
	long n;

	if (f->saved_next) {
		f->read_next = f->saved_next;
		f->read_end = f->saved_end;
		f->saved_next = f->saved_end = NULL;
		if (f->read_next < f->read_end)
			return *f->read_next++;
	}
	if ((f->flags & __F_EOF) || start_reading(f))
		return EOF;
	if ((f->flags & (__F_LINE_BUFFERED | __F_UNBUFFERED)) && (stdout->flags & __F_LINE_BUFFERED))
		__flush(stdout);
	n = read_some(f, f->buffer, f->buffer_size);
	f->read_next = f->read_end = f->buffer;
	if (n <= 0)
		return EOF;
	f->read_end += n;
	return *f->read_next++;
}

size_t fread_unlocked(void *restrict p, size_t size, size_t count, FILE *restrict f)
{
	size_t total = size * count, rest = total;
	char *to = p;

	while (rest > 0) {
		size_t available = (size_t)(f->read_end - f->read_next);
		if (available > 0) {
			if (available > rest)
				available = rest;
			memcpy(to, f->read_next, available);
			f->read_next += available;
		} else if (f->saved_next || !f->buffer || rest < f->buffer_size || !(f->flags & __F_READING)) {
			int c = __fill(f);
			if (c == EOF)
				break;
			*to = (char)c;
			available = 1;
		} else {
			/* Whole blocks go to the caller directly. */
			size_t blocks = f->buffer_size >= 128 ? rest - rest % f->buffer_size : rest;
			long n = read_some(f, to, blocks);
			if (n <= 0)
				break;
			available = (size_t)n;
		}
		to += available;
		rest -= available;
	}
	return rest == 0 ? count : (total - rest) / size;
}

size_t fread(void *restrict p, size_t size, size_t count, FILE *restrict f)
{
	size_t n;

	if (size == 0 || count == 0)
		return 0;
	__LOCK_FILE(f);
	n = fread_unlocked(p, size, count, f);
	__UNLOCK_FILE(f);
	return n;
}

size_t fwrite(const void *restrict p, size_t size, size_t count, FILE *restrict f)
{
	size_t total = size * count, n;

	if (total == 0)
		return 0;
	__LOCK_FILE(f);
	n = __fwrite_unlocked(p, total, f);
	__UNLOCK_FILE(f);
	return n == total ? count : n / size;
}

size_t fwrite_unlocked(const void *restrict p, size_t size, size_t count, FILE *restrict f)
{
	size_t total = size * count;
	size_t n = __fwrite_unlocked(p, total, f);

	return n == total ? count : n / size;
}

int __ungetc_unlocked(int c, FILE *f)
{
	if (c == EOF)
		return EOF;
	if (!f->buffer && !f->saved_next && start_reading(f))
		return EOF;
	f->flags |= __F_READING;
	if (f->saved_next) {
		if (f->read_next == f->pushback)
			return EOF;
	} else if (!f->read_next || f->read_next == f->buffer || f->read_next[-1] != (unsigned char)c) {
		f->saved_next = f->read_next ? f->read_next : f->buffer;
		f->saved_end = f->read_next ? f->read_end : f->buffer;
		f->read_next = f->read_end = f->pushback + sizeof f->pushback;
	}
	f->read_next--;
	if (f->saved_next)
		*f->read_next = (unsigned char)c; /* Else it stands there already, perhaps in memory that is not writable. */
	f->flags &= ~__F_EOF;
	return (unsigned char)c;
}

int fflush_unlocked(FILE *f)
{
	if (f->flags & __F_WRITING)
		return __flush(f);
	if (f->read_end > f->read_next || f->saved_next)
		__forget_read(f);
	return 0;
}

void __flush_all(void)
{
	FILE *f;

	__LOCK(&__open_files_lock);
	for (f = __open_files; f; f = f->next) {
		__LOCK_FILE(f);
		__flush(f);
		__UNLOCK_FILE(f);
	}
	__UNLOCK(&__open_files_lock);
}

int fflush(FILE *f)
{
	int result;

	if (!f) {
		__flush_all();
		return 0;
	}
	__LOCK_FILE(f);
	result = fflush_unlocked(f);
	__UNLOCK_FILE(f);
	return result;
}

/* At exit: no locks, for their owners will not run again. */
void __close_stdio(void)
{
	FILE *f;

	for (f = __open_files; f; f = f->next)
		__flush(f);
	for (f = __open_files; f; f = f->next) {
		if (f->read_end > f->read_next && !f->backend)
			__forget_read(f);
	}
}

int setvbuf(FILE *restrict f, char *restrict buffer, int mode, size_t size)
{
	if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF)
		return EOF;
	__LOCK_FILE(f);
	__flush(f);
	f->flags &= ~(__F_LINE_BUFFERED | __F_UNBUFFERED);
	f->flags |= __F_MODE_SET;
	if (mode == _IOLBF)
		f->flags |= __F_LINE_BUFFERED;
	if (mode == _IONBF || (buffer && size > 0)) {
		if (f->flags & __F_READING)
			__forget_read(f);
		if (f->buffer && f->buffer != f->tiny && !(f->flags & __F_USER_BUFFER))
			free(f->buffer);
		f->flags &= ~(__F_USER_BUFFER | __F_WRITING);
		f->write_next = f->write_end = f->buffer = NULL;
		if (mode == _IONBF) {
			f->flags |= __F_UNBUFFERED;
		} else {
			f->flags |= __F_USER_BUFFER;
			f->buffer = (unsigned char *)buffer;
			f->buffer_size = size;
		}
	} else if (f->flags & __F_WRITING) {
		f->write_end = mode == _IOLBF ? f->buffer : f->buffer + f->buffer_size;
	}
	__UNLOCK_FILE(f);
	return 0;
}

void setbuf(FILE *restrict f, char *restrict buffer)
{
	setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void setbuffer(FILE *restrict f, char *restrict buffer, size_t size)
{
	setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, size);
}

void setlinebuf(FILE *f)
{
	setvbuf(f, NULL, _IOLBF, 0);
}
