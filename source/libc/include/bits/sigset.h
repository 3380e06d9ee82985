#ifndef _BITS_SIGSET_H
#define _BITS_SIGSET_H

#define _SIGSET_NWORDS 16

/* 1024 bits as in glibc; the kernel uses the first 64. */
typedef struct {
	unsigned long __val[_SIGSET_NWORDS];
} sigset_t;

#endif
