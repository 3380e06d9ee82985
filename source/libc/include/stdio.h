#ifndef _STDIO_H
#define _STDIO_H

#include <bits/types.h>
#include <stddef.h>
#include <stdarg.h>

typedef struct _IO_FILE FILE;
typedef struct {
	long __position;
	long __state;
} fpos_t;

extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr

#define EOF (-1)
#define BUFSIZ 8192
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif
#define FILENAME_MAX 4096
#define FOPEN_MAX 16
#define L_tmpnam 20
#define L_ctermid 9
#define TMP_MAX 238328
#define P_tmpdir "/tmp"

extern FILE *fopen(const char *__restrict __path, const char *__restrict __mode);
extern FILE *fopen64(const char *__restrict __path, const char *__restrict __mode);
extern FILE *fdopen(int __fd, const char *__mode);
extern FILE *freopen(const char *__restrict __path, const char *__restrict __mode, FILE *__restrict __f);
extern FILE *fmemopen(void *__buffer, size_t __size, const char *__mode);
extern FILE *open_memstream(char **__buffer, size_t *__size);
extern FILE *popen(const char *__command, const char *__mode);
extern int pclose(FILE *__f);
extern FILE *tmpfile(void);
extern char *tmpnam(char *__s);
extern char *tempnam(const char *__dir, const char *__prefix);
extern int fclose(FILE *__f);
extern int fflush(FILE *__f);
extern int fflush_unlocked(FILE *__f);
extern int setvbuf(FILE *__restrict __f, char *__restrict __buffer, int __mode, size_t __size);
extern void setbuf(FILE *__restrict __f, char *__restrict __buffer);
extern void setbuffer(FILE *__restrict __f, char *__restrict __buffer, size_t __size);
extern void setlinebuf(FILE *__f);

extern int printf(const char *__restrict __format, ...) __attribute__((__format__(__printf__, 1, 2)));
extern int fprintf(FILE *__restrict __f, const char *__restrict __format, ...) __attribute__((__format__(__printf__, 2, 3)));
extern int sprintf(char *__restrict __s, const char *__restrict __format, ...) __attribute__((__format__(__printf__, 2, 3)));
extern int snprintf(char *__restrict __s, size_t __size, const char *__restrict __format, ...) __attribute__((__format__(__printf__, 3, 4)));
extern int dprintf(int __fd, const char *__restrict __format, ...) __attribute__((__format__(__printf__, 2, 3)));
extern int vprintf(const char *__restrict __format, va_list __args) __attribute__((__format__(__printf__, 1, 0)));
extern int vfprintf(FILE *__restrict __f, const char *__restrict __format, va_list __args) __attribute__((__format__(__printf__, 2, 0)));
extern int vsprintf(char *__restrict __s, const char *__restrict __format, va_list __args) __attribute__((__format__(__printf__, 2, 0)));
extern int vsnprintf(char *__restrict __s, size_t __size, const char *__restrict __format, va_list __args) __attribute__((__format__(__printf__, 3, 0)));
extern int vdprintf(int __fd, const char *__restrict __format, va_list __args) __attribute__((__format__(__printf__, 2, 0)));
#ifdef __USE_GNU
extern int asprintf(char **__restrict __s, const char *__restrict __format, ...) __attribute__((__format__(__printf__, 2, 3)));
extern int vasprintf(char **__restrict __s, const char *__restrict __format, va_list __args) __attribute__((__format__(__printf__, 2, 0)));
#endif

extern int scanf(const char *__restrict __format, ...) __attribute__((__format__(__scanf__, 1, 2)));
extern int fscanf(FILE *__restrict __f, const char *__restrict __format, ...) __attribute__((__format__(__scanf__, 2, 3)));
extern int sscanf(const char *__restrict __s, const char *__restrict __format, ...) __attribute__((__format__(__scanf__, 2, 3)));
extern int vscanf(const char *__restrict __format, va_list __args) __attribute__((__format__(__scanf__, 1, 0)));
extern int vfscanf(FILE *__restrict __f, const char *__restrict __format, va_list __args) __attribute__((__format__(__scanf__, 2, 0)));
extern int vsscanf(const char *__restrict __s, const char *__restrict __format, va_list __args) __attribute__((__format__(__scanf__, 2, 0)));

extern int fgetc(FILE *__f);
extern int getc(FILE *__f);
extern int getchar(void);
extern int getc_unlocked(FILE *__f);
extern int getchar_unlocked(void);
extern int fgetc_unlocked(FILE *__f);
extern int getw(FILE *__f);
extern char *fgets(char *__restrict __s, int __n, FILE *__restrict __f);
extern ssize_t getline(char **__restrict __line, size_t *__restrict __size, FILE *__restrict __f);
extern ssize_t getdelim(char **__restrict __line, size_t *__restrict __size, int __delimiter, FILE *__restrict __f);
extern int ungetc(int __c, FILE *__f);
extern size_t fread(void *__restrict __p, size_t __size, size_t __count, FILE *__restrict __f);
extern size_t fread_unlocked(void *__restrict __p, size_t __size, size_t __count, FILE *__restrict __f);

extern int fputc(int __c, FILE *__f);
extern int putc(int __c, FILE *__f);
extern int putchar(int __c);
extern int putc_unlocked(int __c, FILE *__f);
extern int putchar_unlocked(int __c);
extern int fputc_unlocked(int __c, FILE *__f);
extern int putw(int __w, FILE *__f);
extern int fputs(const char *__restrict __s, FILE *__restrict __f);
extern int puts(const char *__s);
extern size_t fwrite(const void *__restrict __p, size_t __size, size_t __count, FILE *__restrict __f);
extern size_t fwrite_unlocked(const void *__restrict __p, size_t __size, size_t __count, FILE *__restrict __f);
#ifdef __USE_GNU
extern int fputs_unlocked(const char *__restrict __s, FILE *__restrict __f);
extern char *fgets_unlocked(char *__restrict __s, int __n, FILE *__restrict __f);
extern int fcloseall(void);
#endif

extern int fseek(FILE *__f, long __offset, int __whence);
extern int fseeko(FILE *__f, off_t __offset, int __whence);
extern long ftell(FILE *__f);
extern off_t ftello(FILE *__f);
#define fseeko64 fseeko
#define ftello64 ftello
extern void rewind(FILE *__f);
extern int fgetpos(FILE *__restrict __f, fpos_t *__restrict __position);
extern int fsetpos(FILE *__f, const fpos_t *__position);
extern void clearerr(FILE *__f);
extern int feof(FILE *__f);
extern int ferror(FILE *__f);
extern void clearerr_unlocked(FILE *__f);
extern int feof_unlocked(FILE *__f);
extern int ferror_unlocked(FILE *__f);
extern int fileno(FILE *__f);
extern int fileno_unlocked(FILE *__f);
extern void flockfile(FILE *__f);
extern int ftrylockfile(FILE *__f);
extern void funlockfile(FILE *__f);

extern void perror(const char *__s);
extern int remove(const char *__path);
extern int rename(const char *__from, const char *__to);
extern int renameat(int __from_fd, const char *__from, int __to_fd, const char *__to);
extern char *ctermid(char *__s);

#endif
