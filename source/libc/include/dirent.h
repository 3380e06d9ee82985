#ifndef _DIRENT_H
#define _DIRENT_H

#include <linux/limits.h>
#include <bits/types.h>

struct dirent {
	ino_t d_ino;
	off_t d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[256];
};
#define d_fileno d_ino

#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12
#define DT_WHT 14
#define IFTODT(mode) (((mode) & 0170000) >> 12)
#define DTTOIF(type) ((type) << 12)
#ifndef MAXNAMLEN
#define MAXNAMLEN 255
#endif

typedef struct __dirstream DIR;

extern DIR *opendir(const char *__path);
extern DIR *fdopendir(int __fd);
extern int closedir(DIR *__dir);
extern struct dirent *readdir(DIR *__dir);
extern int readdir_r(DIR *__restrict __dir, struct dirent *__restrict __entry, struct dirent **__restrict __result);
extern void rewinddir(DIR *__dir);
extern void seekdir(DIR *__dir, long __position);
extern long telldir(DIR *__dir);
extern int dirfd(DIR *__dir);
extern int scandir(const char *__restrict __path, struct dirent ***__restrict __list, int (*__select)(const struct dirent *), int (*__compare)(const struct dirent **, const struct dirent **));
extern int alphasort(const struct dirent **__a, const struct dirent **__b);
#ifdef __USE_GNU
extern ssize_t getdents64(int __fd, void *__buffer, size_t __size);
#endif

#endif
