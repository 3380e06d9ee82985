/* getcontext(3), makecontext(3): the kernel keeps the frames, a ucontext_t the number under which it does and the mask. */
#include "internal.h"
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define NUMBER(context) ((context)->uc_mcontext.__reserved1[0])
#define ARGUMENTS 12

/* What a made context calls; it lies at the top of its stack. */
struct entry {
	void (*function)(void);
	const ucontext_t *own;
	long arguments[ARGUMENTS];
};

/* Returns 0 when the context was saved, 1 when it is resumed. */
static int save(ucontext_t *context)
{
	long number = __syscall(SYS_context_save, (long)NUMBER(context), (long)context);

	if (number == 0)
		return 1;
	NUMBER(context) = (unsigned long)number;
	return 0;
}

int __getcontext(ucontext_t *context)
{
	sigset_t mask;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	if (save(context))
		return 0;
	context->uc_sigmask = mask;
	return 0;
}

int setcontext(const ucontext_t *context)
{
	sigprocmask(SIG_SETMASK, &context->uc_sigmask, NULL);
	errno = (int)-__syscall(SYS_context_resume, (long)NUMBER(context));
	return -1;
}

int swapcontext(ucontext_t *restrict old, const ucontext_t *restrict next)
{
	sigset_t mask;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	if (save(old))
		return 0;
	old->uc_sigmask = mask;
	return setcontext(next);
}

static void begin(struct entry *entry)
{
	const long *a = entry->arguments;

	((void (*)(long, long, long, long, long, long, long, long, long, long, long, long))entry->function)(
		a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11]);
	if (entry->own->uc_link)
		setcontext(entry->own->uc_link);
	exit(0);
}

void makecontext(ucontext_t *context, void (*function)(void), int count, ...)
{
	char *stack = context->uc_stack.ss_sp;
	struct entry *entry = (struct entry *)((unsigned long)(stack + context->uc_stack.ss_size - sizeof *entry) & ~15UL);
	va_list list;
	int i;

	entry->function = function;
	entry->own = context;
	va_start(list, count);
	for (i = 0; i < ARGUMENTS; i++)
		entry->arguments[i] = i < count ? va_arg(list, long) : 0;
	va_end(list);
	NUMBER(context) = (unsigned long)__syscall(SYS_context_make, (long)NUMBER(context), (long)context, (long)begin,
						   (long)entry, (long)stack, (long)((char *)entry - stack));
}
