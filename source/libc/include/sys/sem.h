#ifndef _SYS_SEM_H
#define _SYS_SEM_H

#include <sys/types.h>
#include <sys/ipc.h>
#include <bits/timespec.h>

#define SEM_UNDO 0x1000
#define GETPID 11
#define GETVAL 12
#define GETALL 13
#define GETNCNT 14
#define GETZCNT 15
#define SETVAL 16
#define SETALL 17
#define SEM_STAT 18
#define SEM_INFO 19
#define SEMVMX 32767

struct semid_ds {
	struct ipc_perm sem_perm;
	time_t sem_otime;
	unsigned long __reserved1;
	time_t sem_ctime;
	unsigned long __reserved2;
	unsigned long sem_nsems;
	unsigned long __reserved3;
	unsigned long __reserved4;
};

struct sembuf {
	unsigned short sem_num;
	short sem_op;
	short sem_flg;
};

struct seminfo {
	int semmap;
	int semmni;
	int semmns;
	int semmnu;
	int semmsl;
	int semopm;
	int semume;
	int semusz;
	int semvmx;
	int semaem;
};

/* The caller has to define union semun (semctl(2)). */
#define _SEM_SEMUN_UNDEFINED 1

extern int semget(key_t __key, int __count, int __flags);
extern int semop(int __id, struct sembuf *__operations, size_t __count);
extern int semctl(int __id, int __number, int __command, ...);
#ifdef __USE_GNU
extern int semtimedop(int __id, struct sembuf *__operations, size_t __count, const struct timespec *__timeout);
#endif

#endif
