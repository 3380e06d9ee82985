/* Where a program begins: the kernel starts _start(argc, argv, envp). */
#include "internal.h"
#include <stdlib.h>
#include <string.h>

#define ARCH_SET_FS 0x1002

extern int main(int argc, char **argv, char **envp);
/* Made by the linker: constructors, and the initial contents of thread-local variables (see __install_thread_locals). */
extern void (*__init_array_start[])(void), (*__init_array_end[])(void);
extern void (*__fini_array_start[])(void), (*__fini_array_end[])(void);
extern char __tls_image[], __tls_size[];

char **environ;
char *program_invocation_name = "";
char *program_invocation_short_name = "";
static struct __pthread first_thread;
int __threaded;
int __thread_count = 1;

size_t __thread_local_size(void)
{
	return (size_t)__tls_size;
}

/* A thread's variables lie right below its struct __pthread. */
void __install_thread_locals(struct __pthread *t)
{
	size_t size = (size_t)__tls_size;

	memcpy((char *)t - size, __tls_image, size);
}

static void run_destructors(void)
{
	void (**f)(void) = __fini_array_end;

	while (f > __fini_array_start)
		(*--f)();
}

void _start(long argc, char **argv, char **envp)
{
	struct __pthread *self = &first_thread;
	size_t size = (size_t)__tls_size;
	void (**f)(void);

	if (size > 0) {
		self = (struct __pthread *)((char *)calloc(1, size + sizeof *self) + size);
		__install_thread_locals(self);
	}
	self->self = self;
	self->is_first = 1;
	__syscall(SYS_arch_prctl, (long)ARCH_SET_FS, (long)self);
	environ = envp;
	if (argc > 0 && argv[0]) {
		char *slash = strrchr(argv[0], '/');
		program_invocation_name = argv[0];
		program_invocation_short_name = slash ? slash + 1 : argv[0];
	}
	if (&__fini_array_end[0] > &__fini_array_start[0])
		atexit(run_destructors);
	for (f = __init_array_start; f < __init_array_end; f++)
		(*f)();
	exit(main((int)argc, argv, envp));
}
