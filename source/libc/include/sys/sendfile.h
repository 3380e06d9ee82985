#ifndef _SYS_SENDFILE_H
#define _SYS_SENDFILE_H

#include <sys/types.h>
#include <bits/types.h>

extern ssize_t sendfile(int __out, int __in, off_t *__offset, size_t __count);

#endif
