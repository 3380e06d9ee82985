// System V semaphores change together or not at all; a named POSIX semaphore orders two processes.
// expect: values 1 0, both: Resource temporarily unavailable, still 1
// expect: child first
// expect: parent second
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int set = semget(IPC_PRIVATE, 2, 0600);
	struct sembuf up = {0, 1, 0}, both[2] = {{0, -1, IPC_NOWAIT}, {1, -1, IPC_NOWAIT}};

	semop(set, &up, 1);
	printf("values %d %d, ", semctl(set, 0, GETVAL), semctl(set, 1, GETVAL));
	if (semop(set, both, 2) == -1)
		printf("both: %s, ", strerror(errno));
	printf("still %d\n", semctl(set, 0, GETVAL));
	semctl(set, 0, IPC_RMID);
	fflush(stdout);

	char name[32];
	snprintf(name, sizeof name, "/sem-%d", (int)getpid());
	sem_t *ready = sem_open(name, O_CREAT, 0600, 0);
	if (fork() == 0) {
		usleep(10000);
		printf("child first\n");
		fflush(stdout);
		sem_post(ready);
		exit(0);
	}
	sem_wait(ready);
	printf("parent second\n");
	wait(NULL);
	sem_close(ready);
	sem_unlink(name);
	return 0;
}
