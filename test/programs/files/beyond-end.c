// A page of a mapping that lies wholly beyond the end of its file is a SIGBUS, mmap(2); within the last page there are
// zeros. The file may grow, and shrink, under the mapping.
// expect: last page 0
// expect: beyond the end: SIGBUS BUS_ADRERR 1
// expect: grown: 0
// expect: shrunk: SIGBUS BUS_ADRERR 1
// expect: a private copy too: SIGBUS BUS_ADRERR 1
// expect: read() into it: -1 EFAULT 1
// expect: not mapped: SIGSEGV SEGV_MAPERR 1
// expect: not allowed: SIGSEGV SEGV_ACCERR 1
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static sigjmp_buf env;
static volatile int signal_number, code;
static void *volatile address;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)context;
	signal_number = signal;
	code = info->si_code;
	address = info->si_addr;
	siglongjmp(env, 1);
}

static void look(const char *what, volatile char *p, int is_store)
{
	if (sigsetjmp(env, 1) == 0) {
		if (is_store)
			*p = 1;
		else
			(void)*p;
		printf("%s: %d\n", what, *p);
		return;
	}
	printf("%s: %s %d\n", what,
	       signal_number == SIGBUS ? code == BUS_ADRERR ? "SIGBUS BUS_ADRERR" : "SIGBUS"
	       : code == SEGV_MAPERR   ? "SIGSEGV SEGV_MAPERR"
	       : code == SEGV_ACCERR   ? "SIGSEGV SEGV_ACCERR"
				       : "SIGSEGV",
	       address == p);
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
	int fd = open("small", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *shared, *private;

	sigaction(SIGBUS, &action, NULL);
	sigaction(SIGSEGV, &action, NULL);
	write(fd, "abc", 3);
	shared = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	printf("last page %d\n", shared[4095]);
	look("beyond the end", shared + 4096, 1);
	ftruncate(fd, 3 * 4096);
	look("grown", shared + 4096, 0);
	private = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	private[8192] = 1;
	ftruncate(fd, 100);
	look("shrunk", shared + 4096, 0);
	look("a private copy too", private + 8192, 0);
	lseek(fd, 0, SEEK_SET);
	int n = read(fd, shared + 8192, 10);
	printf("read() into it: %d EFAULT %d\n", n, errno == EFAULT);
	munmap(private, 3 * 4096);
	look("not mapped", private, 0);
	mprotect(shared, 4096, PROT_READ);
	look("not allowed", shared, 1);
	unlink("small");
	return 0;
}
