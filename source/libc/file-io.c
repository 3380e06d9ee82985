/* Characters, lines and positions of streams: getc(3), puts(3), getline(3), fseek(3), ferror(3). */
#include "internal.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int getc_unlocked(FILE *f)
{
	return __GETC(f);
}

int fgetc_unlocked(FILE *f)
{
	return __GETC(f);
}

int getchar_unlocked(void)
{
	return __GETC(stdin);
}

int fgetc(FILE *f)
{
	int c;

	if (!__threaded)
		return __GETC(f);
	__lock_file_slow(f);
	c = __GETC(f);
	__unlock_file_slow(f);
	return c;
}

int getc(FILE *f)
{
	return fgetc(f);
}

int getchar(void)
{
	return fgetc(stdin);
}

int getw(FILE *f)
{
	int w;

	return fread(&w, sizeof w, 1, f) == 1 ? w : EOF;
}

int putc_unlocked(int c, FILE *f)
{
	return __PUTC(c, f);
}

int fputc_unlocked(int c, FILE *f)
{
	return __PUTC(c, f);
}

int putchar_unlocked(int c)
{
	return __PUTC(c, stdout);
}

int fputc(int c, FILE *f)
{
	int result;

	if (!__threaded)
		return __PUTC(c, f);
	__lock_file_slow(f);
	result = __PUTC(c, f);
	__unlock_file_slow(f);
	return result;
}

int putc(int c, FILE *f)
{
	return fputc(c, f);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

int putw(int w, FILE *f)
{
	return fwrite(&w, sizeof w, 1, f) == 1 ? 0 : EOF;
}

int fputs_unlocked(const char *restrict s, FILE *restrict f)
{
	size_t n = strlen(s);

	return __fwrite_unlocked(s, n, f) == n ? 1 : EOF;
}

int fputs(const char *restrict s, FILE *restrict f)
{
	int result;

	__LOCK_FILE(f);
	result = fputs_unlocked(s, f);
	__UNLOCK_FILE(f);
	return result;
}

int puts(const char *s)
{
	size_t n = strlen(s);
	int result = EOF;

	__LOCK_FILE(stdout);
	if (__fwrite_unlocked(s, n, stdout) == n && __PUTC('\n', stdout) != EOF)
		result = n + 1 > 0x7fffffff ? 0x7fffffff : (int)n + 1;
	__UNLOCK_FILE(stdout);
	return result;
}

int ungetc(int c, FILE *f)
{
	int result;

	__LOCK_FILE(f);
	result = __ungetc_unlocked(c, f);
	__UNLOCK_FILE(f);
	return result;
}

/* Copies from the buffer up to and including `delimiter`, at most `n` bytes. Returns how many; *found says if it was met. */
static size_t take_until(FILE *f, char *to, size_t n, int delimiter, int *found)
{
	size_t available = (size_t)(f->read_end - f->read_next);
	unsigned char *end;

	if (available > n)
		available = n;
	end = memchr(f->read_next, delimiter, available);
	*found = end != NULL;
	if (end)
		available = (size_t)(end - f->read_next) + 1;
	memcpy(to, f->read_next, available);
	f->read_next += available;
	return available;
}

char *fgets_unlocked(char *restrict s, int n, FILE *restrict f)
{
	size_t length = 0, room = (size_t)n - 1;
	int found = 0, old_error = f->flags & __F_ERROR;

	if (n <= 0)
		return NULL;
	f->flags &= ~__F_ERROR;
	while (length < room && !found) {
		if (f->read_next == f->read_end) {
			int c = __fill(f);
			if (c == EOF)
				break;
			s[length++] = (char)c;
			found = c == '\n';
		} else {
			length += take_until(f, s + length, room - length, '\n', &found);
		}
	}
	if ((length == 0 && n > 1) || ((f->flags & __F_ERROR) && errno != EAGAIN))
		s = NULL;
	else
		s[length] = 0;
	f->flags |= old_error;
	return s;
}

char *fgets(char *restrict s, int n, FILE *restrict f)
{
	__LOCK_FILE(f);
	s = fgets_unlocked(s, n, f);
	__UNLOCK_FILE(f);
	return s;
}

/* In no header since C11, but old programs call it, and the library still has it. */
extern char *gets(char *s);

char *gets(char *s)
{
	size_t length = 0;
	int c = EOF;

	__LOCK_FILE(stdin);
	while ((c = __GETC(stdin)) != EOF && c != '\n')
		s[length++] = (char)c;
	__UNLOCK_FILE(stdin);
	if (c == EOF && (length == 0 || stdin->flags & __F_ERROR))
		return NULL;
	s[length] = 0;
	return s;
}

static ssize_t getdelim_unlocked(char **line, size_t *size, int delimiter, FILE *f)
{
	size_t length = 0;
	int found = 0;

	if (!*line || *size == 0) {
		*size = 120;
		*line = realloc(*line, *size);
		if (!*line)
			return -1;
	}
	while (!found) {
		size_t available;
		int c = 0, is_pushed = f->read_next == f->read_end;
		if (is_pushed) {
			c = __fill(f);
			if (c == EOF)
				break;
			f->read_next--; /* Back into the buffer: __fill left it there. */
		}
		available = (size_t)(f->read_end - f->read_next);
		if (length + available + 1 > *size) {
			size_t wanted = *size * 2 > length + available + 1 ? *size * 2 : length + available + 1;
			unsigned char *end = memchr(f->read_next, delimiter, available);
			if (end && length + (size_t)(end - f->read_next) + 2 <= *size) {
				wanted = *size;
			} else if (end) {
				size_t needed = length + (size_t)(end - f->read_next) + 2;
				wanted = *size * 2 > needed ? *size * 2 : needed;
			}
			if (wanted > *size) {
				char *grown = realloc(*line, wanted);
				if (!grown)
					return -1;
				*line = grown;
				*size = wanted;
			}
		}
		length += take_until(f, *line + length, available, delimiter, &found);
	}
	if (length == 0)
		return -1;
	(*line)[length] = 0;
	return (ssize_t)length;
}

ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict f)
{
	ssize_t n;

	if (!line || !size) {
		errno = EINVAL;
		return -1;
	}
	__LOCK_FILE(f);
	n = getdelim_unlocked(line, size, delimiter, f);
	__UNLOCK_FILE(f);
	return n;
}

ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict f)
{
	return getdelim(line, size, '\n', f);
}

static long raw_seek(FILE *f, long offset, int whence)
{
	if (!f->backend)
		return lseek(f->fd, offset, whence);
	if (f->backend->seek)
		return f->backend->seek(f, offset, whence);
	errno = ESPIPE;
	return -1;
}

long __seek_unlocked(FILE *f, long offset, int whence)
{
	long unread = f->read_end - f->read_next, position;

	if (__flush(f))
		return -1;
	if (f->saved_next)
		unread += f->saved_end - f->saved_next;
	position = raw_seek(f, whence == SEEK_CUR ? offset - unread : offset, whence);
	if (position < 0)
		return -1;
	f->saved_next = f->saved_end = f->read_next = f->read_end = NULL;
	f->write_next = f->write_end = NULL;
	f->flags &= ~(__F_EOF | __F_READING | __F_WRITING);
	return position;
}

int fseeko(FILE *f, off_t offset, int whence)
{
	long position;

	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) {
		errno = EINVAL;
		return -1;
	}
	__LOCK_FILE(f);
	position = __seek_unlocked(f, offset, whence);
	__UNLOCK_FILE(f);
	return position < 0 ? -1 : 0;
}

int fseek(FILE *f, long offset, int whence)
{
	return fseeko(f, offset, whence);
}

off_t ftello(FILE *f)
{
	long position;

	__LOCK_FILE(f);
	position = raw_seek(f, 0, (f->flags & (__F_APPEND | __F_WRITING)) == (__F_APPEND | __F_WRITING) ? SEEK_END : SEEK_CUR);
	if (position >= 0) {
		if (f->flags & __F_WRITING)
			position += f->write_next - f->buffer;
		position -= f->read_end - f->read_next;
		if (f->saved_next)
			position -= f->saved_end - f->saved_next;
		if (position < 0) {
			/* Somebody who shares the offset has moved it back before what is in the buffer. */
			errno = EIO;
			position = -1;
		}
	}
	__UNLOCK_FILE(f);
	return position;
}

long ftell(FILE *f)
{
	return ftello(f);
}

void rewind(FILE *f)
{
	__LOCK_FILE(f);
	__seek_unlocked(f, 0, SEEK_SET);
	f->flags &= ~(__F_ERROR | __F_EOF);
	__UNLOCK_FILE(f);
}

int fgetpos(FILE *restrict f, fpos_t *restrict position)
{
	position->__position = ftello(f);
	return position->__position < 0 ? -1 : 0;
}

int fsetpos(FILE *f, const fpos_t *position)
{
	return fseeko(f, position->__position, SEEK_SET);
}

void clearerr(FILE *f)
{
	f->flags &= ~(__F_EOF | __F_ERROR);
}

int feof(FILE *f)
{
	return (f->flags & __F_EOF) != 0;
}

int ferror(FILE *f)
{
	return (f->flags & __F_ERROR) != 0;
}

void clearerr_unlocked(FILE *f)
{
	clearerr(f);
}

int feof_unlocked(FILE *f)
{
	return feof(f);
}

int ferror_unlocked(FILE *f)
{
	return ferror(f);
}

int fileno(FILE *f)
{
	if (f->fd < 0) {
		errno = EBADF;
		return -1;
	}
	return f->fd;
}

int fileno_unlocked(FILE *f)
{
	return fileno(f);
}

size_t __fbufsize(FILE *f)
{
	return f->buffer_size;
}

size_t __fpending(FILE *f)
{
	return f->flags & __F_WRITING ? (size_t)(f->write_next - f->buffer) : 0;
}

int __flbf(FILE *f)
{
	return (f->flags & __F_LINE_BUFFERED) != 0;
}

void __fpurge(FILE *f)
{
	f->read_next = f->read_end = f->saved_next = f->saved_end = NULL;
	if (f->flags & __F_WRITING)
		f->write_next = f->buffer;
}
