// System V messages are chosen by type; POSIX messages come by priority.
// expect: second first
// expect: urgent 9, early 1, late 1
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

struct message {
	long type;
	char text[16];
};

int main(void)
{
	struct message a = {1, "first"}, b = {2, "second"}, got;
	int queue = msgget(IPC_PRIVATE, 0600);

	msgsnd(queue, &a, sizeof a.text, 0);
	msgsnd(queue, &b, sizeof b.text, 0);
	msgrcv(queue, &got, sizeof got.text, 2, 0);
	printf("%s ", got.text);
	msgrcv(queue, &got, sizeof got.text, 0, 0);
	printf("%s\n", got.text);
	msgctl(queue, IPC_RMID, NULL);

	char name[32], text[64];
	unsigned priority;
	struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = 64};
	snprintf(name, sizeof name, "/queue-%d", (int)getpid());
	mqd_t mq = mq_open(name, O_CREAT | O_RDWR, 0600, &attributes);
	mq_send(mq, "early", 6, 1);
	mq_send(mq, "late", 5, 1);
	mq_send(mq, "urgent", 7, 9);
	for (int i = 0; i < 3; i++) {
		mq_receive(mq, text, sizeof text, &priority);
		printf("%s %u%s", text, priority, i < 2 ? ", " : "\n");
	}
	mq_close(mq);
	mq_unlink(name);
	return 0;
}
