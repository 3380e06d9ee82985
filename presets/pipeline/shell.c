/*
 * What a shell does for `words | upper | number`: two pipes, three children.
 * Each child puts the right pipe ends in place of its standard input and
 * output, closes all the others and becomes the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void start(const char *program, int input, int output, const int ends[4])
{
	pid_t pid = fork();

	if (pid == -1) {
		perror("fork");
		exit(1);
	}
	if (pid > 0)
		return;
	dup2(input, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	for (int i = 0; i < 4; i++)
		close(ends[i]);
	execl(program, program, (char *)NULL);
	perror(program);			/* only if exec failed */
	exit(127);
}

int main(void)
{
	int ends[4];				/* two pipes: 0, 1 and 2, 3 */

	if (pipe(&ends[0]) == -1 || pipe(&ends[2]) == -1) {
		perror("pipe");
		return 1;
	}
	start("./words", STDIN_FILENO, ends[1], ends);
	start("./upper", ends[0], ends[3], ends);
	start("./number", ends[2], STDOUT_FILENO, ends);
	for (int i = 0; i < 4; i++)
		close(ends[i]);			/* or nobody would see end of file */
	while (wait(NULL) > 0)
		;
	return 0;
}
