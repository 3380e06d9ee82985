/*
 * One System V message queue for everything: questions have type 1, answers the
 * number of the client that they are for. msgrcv() takes the oldest message of
 * the type that it is asked for, and sleeps while there is none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUESTION 1
#define CLIENTS 2

struct message {
	long type;
	int from;		/* number of the client */
	int number;
};

static int queue;

static void send_message(long type, int from, int number)
{
	struct message message = {type, from, number};

	if (msgsnd(queue, &message, sizeof message - sizeof message.type, 0) == -1) {
		perror("msgsnd");
		exit(1);
	}
}

static struct message receive(long type)
{
	struct message message;

	if (msgrcv(queue, &message, sizeof message - sizeof message.type, type, 0) == -1) {
		perror("msgrcv");
		exit(1);
	}
	return message;
}

static void client(const char *name, int me, int number)
{
	prctl(PR_SET_NAME, name);
	usleep(1000 * me);
	send_message(QUESTION, me, number);
	printf("%s: sum of 1 to %d is %d\n", name, number, receive(me).number);
	exit(0);
}

int main(void)
{
	queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
	if (queue == -1) {
		perror("msgget");
		return 1;
	}
	prctl(PR_SET_NAME, "server");
	if (fork() == 0)
		client("anna", 2, 10);
	if (fork() == 0)
		client("ben", 3, 100);
	for (int i = 0; i < CLIENTS; i++) {
		struct message question = receive(QUESTION);

		usleep(3000);		/* the answer takes its time */
		send_message(question.from, 0, question.number * (question.number + 1) / 2);
	}
	while (wait(NULL) > 0)
		;
	msgctl(queue, IPC_RMID, NULL);
	return 0;
}
