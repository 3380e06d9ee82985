#ifndef _GNU_LIBC_VERSION_H
#define _GNU_LIBC_VERSION_H

extern const char *gnu_get_libc_version(void);
extern const char *gnu_get_libc_release(void);

#endif
