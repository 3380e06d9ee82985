// Without a daemon messages are lost; LOG_PERROR prints them. The mask and %m hold.
// expect: demo: disk 3: No such file or directory
// expect: demo: again
// expect: 255
#include <errno.h>
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

int main(void)
{
	dup2(STDOUT_FILENO, STDERR_FILENO);
	setvbuf(stdout, NULL, _IONBF, 0);
	openlog("demo", LOG_PERROR, LOG_LOCAL0);
	errno = ENOENT;
	syslog(LOG_ERR, "disk %d: %m", 3);
	int mask = setlogmask(LOG_UPTO(LOG_WARNING));
	syslog(LOG_INFO, "hidden");
	syslog(LOG_WARNING, "again\n");
	closelog();
	printf("%d\n", mask);
	return 0;
}
