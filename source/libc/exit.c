/* The ways a program ends: exit(3) with its handlers, abort(3), assert(3). */
#include "internal.h"
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct exit_handler {
	void (*function)(void);
	void (*function_with_status)(int status, void *arg);
	void *arg;
};

#define FIRST_HANDLERS 32
static struct exit_handler first_handlers[FIRST_HANDLERS];
static struct exit_handler *handlers = first_handlers;
static int handler_count, handler_capacity = FIRST_HANDLERS;
static int handlers_lock;
static void (*quick_handlers[FIRST_HANDLERS])(void);
static int quick_handler_count;

static struct exit_handler *new_handler(void)
{
	if (handler_count == handler_capacity) {
		size_t size = (size_t)handler_capacity * sizeof(struct exit_handler);
		struct exit_handler *grown = malloc(size * 2);
		if (!grown)
			return NULL;
		memcpy(grown, handlers, size);
		handlers = grown;
		handler_capacity *= 2;
	}
	return &handlers[handler_count++];
}

int atexit(void (*f)(void))
{
	struct exit_handler *h;

	__LOCK(&handlers_lock);
	h = new_handler();
	if (h)
		h->function = f;
	__UNLOCK(&handlers_lock);
	return h ? 0 : -1;
}

int on_exit(void (*f)(int status, void *arg), void *arg)
{
	struct exit_handler *h;

	__LOCK(&handlers_lock);
	h = new_handler();
	if (h) {
		h->function = NULL;
		h->function_with_status = f;
		h->arg = arg;
	}
	__UNLOCK(&handlers_lock);
	return h ? 0 : -1;
}

void exit(int status)
{
	while (handler_count > 0) {
		struct exit_handler h = handlers[--handler_count];
		if (h.function)
			h.function();
		else
			h.function_with_status(status, h.arg);
	}
	__close_stdio();
	_exit(status);
}

void _exit(int status)
{
	for (;;)
		__syscall(SYS_exit_group, (long)status);
}

void _Exit(int status)
{
	_exit(status);
}

int at_quick_exit(void (*f)(void))
{
	if (quick_handler_count == FIRST_HANDLERS)
		return -1;
	quick_handlers[quick_handler_count++] = f;
	return 0;
}

void quick_exit(int status)
{
	while (quick_handler_count > 0)
		quick_handlers[--quick_handler_count]();
	_exit(status);
}

void abort(void)
{
	struct __kernel_sigaction action;
	unsigned long mask = 1UL << (SIGABRT - 1);

	__syscall(SYS_rt_sigprocmask, (long)SIG_UNBLOCK, (long)&mask, 0L, 8L);
	raise(SIGABRT);
	/* A handler returned, or the signal is ignored: now the default action. */
	memset(&action, 0, sizeof action);
	__syscall(SYS_rt_sigaction, (long)SIGABRT, (long)&action, 0L, 8L);
	raise(SIGABRT);
	_exit(127);
}

void __abort_message(const char *message)
{
	__syscall(SYS_write, 2L, (long)message, (long)strlen(message));
	abort();
}

void __assert_fail(const char *assertion, const char *file, unsigned int line, const char *function)
{
	fprintf(stderr, "%s%s%s:%u: %s%sAssertion `%s' failed.\n", program_invocation_short_name,
		*program_invocation_short_name ? ": " : "", file, line, function ? function : "", function ? ": " : "", assertion);
	fflush(stderr);
	abort();
}
