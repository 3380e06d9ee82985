/* The process table: a system call of this machine's own, because it has no /proc. */
#ifndef PROCESS_LIST_H
#define PROCESS_LIST_H

struct process_info {
	int pid, parent, group, session;
	char state; /* R, S, D, T or Z, as ps(1) shows them. */
	char is_kernel_process;
	short threads;
	int nice;
	long cpu_time; /* Nanoseconds. */
	long start_time; /* Nanoseconds since boot. */
	long memory; /* Bytes of private memory. */
	char wait[24]; /* What it is blocked on: "pipe.read". */
	char command[16];
	char arguments[168]; /* Separated by spaces, cut off. */
};

/* Fills in as many as fit into `size` bytes; returns how many there are on this host, or -1 and errno. */
long process_list(struct process_info *list, unsigned long size);

#endif
