// Memory of another process is read and written without a channel, in ranges of both sides; it ends at the first bad
// address. process_vm_readv(2), process_vm_writev(2).
// expect: read: 12 
// expect: [ONE] [ TWOTHREE], own [one two three]
// expect: write: 1 
// expect: up to the end of the page: 6 
// expect: [<end>]
// expect: nothing there: -1 Bad address
// expect: no ranges: 0 
// expect: flags: -1 Invalid argument
// expect: no process: -1 No such process
// expect: seen by the child: 7
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static char text[32] = "one two three";

static void say(const char *what, long result)
{
	printf("%s: %ld %s\n", what, result < 0 ? -1L : result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
	int down[2], up[2], status;
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char first[4] = "", second[16] = "", byte;
	struct iovec local[2] = { { first, 3 }, { second, 10 } }, remote[2] = { { text, 7 }, { text + 8, 5 } };
	pid_t child;

	if (pipe(down) < 0 || pipe(up) < 0)
		return 1;
	munmap(page + 4096, 4096);
	child = fork();
	if (child == 0) {
		strcpy(text, "ONE TWO THREE");
		strcpy(page + 4090, "<end>");
		if (write(up[1], "x", 1) != 1 || read(down[0], &byte, 1) != 1)
			_exit(1);
		_exit(strcmp(text, "oNE TWO THREE") == 0 ? 7 : 1);
	}
	if (read(up[0], &byte, 1) != 1)
		return 1;
	say("read", process_vm_readv(child, local, 2, remote, 2, 0));
	printf("[%s] [%s], own [%s]\n", first, second, text);
	local[0].iov_base = "o";
	local[0].iov_len = 1;
	remote[0].iov_len = 1;
	say("write", process_vm_writev(child, local, 1, remote, 1, 0));
	local[0].iov_base = second;
	local[0].iov_len = 16;
	remote[0].iov_base = page + 4090;
	remote[0].iov_len = 16;
	say("up to the end of the page", process_vm_readv(child, local, 1, remote, 1, 0));
	printf("[%.5s]\n", second);
	remote[0].iov_base = page + 4096;
	say("nothing there", process_vm_readv(child, local, 1, remote, 1, 0));
	say("no ranges", process_vm_readv(child, local, 0, remote, 0, 0));
	say("flags", process_vm_readv(child, local, 1, remote, 1, 1));
	say("no process", process_vm_readv(999999, local, 1, remote, 1, 0));
	if (write(down[1], "x", 1) != 1)
		return 1;
	waitpid(child, &status, 0);
	printf("seen by the child: %d\n", WEXITSTATUS(status));
	return 0;
}
