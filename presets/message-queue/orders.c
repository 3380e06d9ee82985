/*
 * A POSIX message queue keeps messages apart, which a pipe doesn't, and hands
 * out the most urgent one first. The cook sleeps in mq_receive() while there is
 * no order, the waiter in mq_send() while there is no room.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *name = "/orders";

static void waiter(mqd_t queue)
{
	const char *orders[] = {"soup", "noodles", "rice", "fire!", "tea", "closing time"};
	const unsigned urgency[] = {1, 1, 1, 9, 1, 0};

	for (int i = 0; i < 6; i++) {
		if (i == 5)
			usleep(25000);		/* nobody orders any more */
		if (mq_send(queue, orders[i], strlen(orders[i]), urgency[i]) == -1)
			perror("mq_send");
	}
}

static void cook(mqd_t queue)
{
	char order[32];
	unsigned urgency;
	ssize_t length;

	do {
		usleep(3000);			/* cook the one before */
		length = mq_receive(queue, order, sizeof order, &urgency);
		if (length == -1) {
			perror("mq_receive");
			exit(1);
		}
		printf("cook: %.*s (urgency %u)\n", (int)length, order, urgency);
	} while (urgency > 0);
}

int main(void)
{
	struct mq_attr room = {.mq_maxmsg = 4, .mq_msgsize = 32};
	mqd_t queue = mq_open(name, O_RDWR | O_CREAT, 0600, &room);

	if (queue == (mqd_t)-1) {
		perror(name);
		return 1;
	}
	prctl(PR_SET_NAME, "waiter");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "cook");
		cook(queue);
		exit(0);
	}
	waiter(queue);
	waitpid(child, NULL, 0);
	mq_unlink(name);
	return 0;
}
