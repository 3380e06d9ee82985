// Programs found through symbolic links: /proc/self/exe and /usr/bin; a group that its parent may not change after exec.
// args: first
// expect: second run of exe, linked to the same program
// expect: env by its other path
// expect: setpgid after exec: EACCES
// expect: removed working directory: ENOENT
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char link[256] = "", directory[64], *none[] = {"ENVIRONMENT=env by its other path", NULL};
	pid_t child;

	if (argc > 1 && strcmp(argv[1], "second") == 0) {
		readlink("/proc/self/exe", link, sizeof link - 1);
		printf("second run of %s, linked to %s\n", argv[0], strcmp(link, argv[2]) == 0 ? "the same program" : link);
		return 0;
	}
	if (fork() == 0) {
		readlink("/proc/self/exe", link, sizeof link - 1);
		execl("/proc/self/exe", "exe", "second", link, (char *)NULL);
		return 1;
	}
	wait(NULL);
	if (fork() == 0) {
		execle("/usr/bin/printf", "printf", "%s\\n", none[0] + strlen("ENVIRONMENT="), (char *)NULL, none);
		return 1;
	}
	wait(NULL);
	child = fork();
	if (child == 0) {
		execl("/bin/sleep", "sleep", "1", (char *)NULL);
		return 1;
	}
	usleep(100000);
	printf("setpgid after exec: %s\n", setpgid(child, child) < 0 && errno == EACCES ? "EACCES" : "?");
	kill(child, SIGKILL);
	wait(NULL);
	mkdir("gone", 0755);
	chdir("gone");
	rmdir("../gone");
	printf("removed working directory: %s\n", !getcwd(directory, sizeof directory) && errno == ENOENT ? "ENOENT" : "?");
	return 0;
}
