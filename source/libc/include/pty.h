#ifndef _PTY_H
#define _PTY_H

#include <sys/ioctl.h>
#include <termios.h>

extern int openpty(int *__master, int *__slave, char *__name, const struct termios *__attributes, const struct winsize *__size);
extern pid_t forkpty(int *__master, char *__name, const struct termios *__attributes, const struct winsize *__size);

#endif
