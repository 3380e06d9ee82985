/* kill(1): [-s NAME | -NAME | -NUMBER] PID…, and -l. */
#ifndef KILL_PROCESSES_H
#define KILL_PROCESSES_H

/* The exit status. */
int kill_processes(int argc, char **argv);

/* The number of "TERM", "SIGTERM" or "15"; 0 for "EXIT" and "0"; -1 if there is no such signal. */
int signal_by_name(const char *name);
/* "TERM", or NULL. */
const char *signal_name(int number);

#endif
