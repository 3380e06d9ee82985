/* System V shared memory, semaphores and message queues (sysvipc(7)). */
#include "internal.h"
#include <stdarg.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>

key_t ftok(const char *path, int id)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return -1;
	return (key_t)((st.st_ino & 0xffff) | (st.st_dev & 0xff) << 16 | (unsigned long)(id & 0xff) << 24);
}

int shmget(key_t key, size_t size, int flags)
{
	return (int)__SYSCALL3(shmget, key, size, flags);
}

void *shmat(int id, const void *address, int flags)
{
	return (void *)__SYSCALL3(shmat, id, address, flags);
}

int shmdt(const void *address)
{
	return (int)__SYSCALL1(shmdt, address);
}

int shmctl(int id, int command, struct shmid_ds *buffer)
{
	return (int)__SYSCALL3(shmctl, id, command, buffer);
}

int semget(key_t key, int count, int flags)
{
	return (int)__SYSCALL3(semget, key, count, flags);
}

int semop(int id, struct sembuf *operations, size_t count)
{
	return (int)__SYSCALL3(semop, id, operations, count);
}

int semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
	return (int)__SYSCALL4(semtimedop, id, operations, count, timeout);
}

/* The fourth argument is a union semun, which is passed as its eight bytes. */
union semaphore_argument {
	int value;
	void *pointer;
	long bits;
};

int semctl(int id, int number, int command, ...)
{
	union semaphore_argument arg;

	arg.bits = 0;
	switch (command) {
	case SETVAL: case GETALL: case SETALL: case IPC_STAT: case IPC_SET: case SEM_STAT: case IPC_INFO: case SEM_INFO: {
		va_list args;
		va_start(args, command);
		arg = va_arg(args, union semaphore_argument);
		va_end(args);
	}
	}
	if (command == SETVAL)
		return (int)__SYSCALL4(semctl, id, number, command, arg.value);
	return (int)__SYSCALL4(semctl, id, number, command, arg.bits);
}

int msgget(key_t key, int flags)
{
	return (int)__SYSCALL2(msgget, key, flags);
}

int msgsnd(int id, const void *message, size_t size, int flags)
{
	return (int)__BLOCKING(msgsnd, id, message, size, flags, 0, 0);
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return __BLOCKING(msgrcv, id, message, size, type, flags, 0);
}

int msgctl(int id, int command, struct msqid_ds *buffer)
{
	return (int)__SYSCALL3(msgctl, id, command, buffer);
}
