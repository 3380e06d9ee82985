#ifndef _SYS_MSG_H
#define _SYS_MSG_H

#include <sys/ipc.h>

#define MSG_NOERROR 010000
#define MSG_STAT 11
#define MSG_INFO 12
#ifdef __USE_GNU
#define MSG_EXCEPT 020000
#define MSG_COPY 040000
#endif

typedef unsigned long msgqnum_t;
typedef unsigned long msglen_t;

struct msqid_ds {
	struct ipc_perm msg_perm;
	time_t msg_stime;
	time_t msg_rtime;
	time_t msg_ctime;
	unsigned long __msg_cbytes;
	msgqnum_t msg_qnum;
	msglen_t msg_qbytes;
	pid_t msg_lspid;
	pid_t msg_lrpid;
	unsigned long __reserved4;
	unsigned long __reserved5;
};
#define msg_cbytes __msg_cbytes

struct msginfo {
	int msgpool;
	int msgmap;
	int msgmax;
	int msgmnb;
	int msgmni;
	int msgssz;
	int msgtql;
	unsigned short msgseg;
};

#ifdef __USE_GNU
struct msgbuf {
	long mtype;
	char mtext[1];
};
#endif

extern int msgget(key_t __key, int __flags);
extern int msgsnd(int __id, const void *__message, size_t __size, int __flags);
extern ssize_t msgrcv(int __id, void *__message, size_t __size, long __type, int __flags);
extern int msgctl(int __id, int __command, struct msqid_ds *__buffer);

#endif
