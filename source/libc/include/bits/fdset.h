#ifndef _BITS_FDSET_H
#define _BITS_FDSET_H

#define FD_SETSIZE 1024
#define NFDBITS 64

typedef long fd_mask;
typedef struct {
	fd_mask fds_bits[FD_SETSIZE / NFDBITS];
} fd_set;

#define FD_SET(fd, set) ((void)((set)->fds_bits[(fd) / NFDBITS] |= (fd_mask)(1UL << ((fd) % NFDBITS))))
#define FD_CLR(fd, set) ((void)((set)->fds_bits[(fd) / NFDBITS] &= (fd_mask)~(1UL << ((fd) % NFDBITS))))
#define FD_ISSET(fd, set) (((set)->fds_bits[(fd) / NFDBITS] & (fd_mask)(1UL << ((fd) % NFDBITS))) != 0)
#define FD_ZERO(set) __fd_zero(set)

extern void __fd_zero(fd_set *__set);

#endif
