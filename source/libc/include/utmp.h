#ifndef _UTMP_H
#define _UTMP_H

extern int login_tty(int __fd);

#endif
