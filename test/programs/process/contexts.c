// Two coroutines on stacks of their own hand control to each other; a context can be entered again, and its variables
// keep their values; a returning coroutine goes on with uc_link.
// expect: main starts
// expect: ping 0
// expect:   pong 10
// expect: ping 1
// expect:   pong 11
// expect: ping 2
// expect:   pong 12
// expect: ping is done, back in main
// expect: again 1
// expect: again 2
// expect: again 3
// expect: deep sum 5050
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#define STACK 65536

static ucontext_t main_context, ping_context, pong_context, loop_context;

static void ping(int from, int count)
{
	for (int i = from; i < from + count; i++) {
		printf("ping %d\n", i);
		swapcontext(&ping_context, &pong_context);
	}
}

static void pong(int value)
{
	for (;;) {
		printf("  pong %d\n", value++);
		swapcontext(&pong_context, &ping_context);
	}
}

static int sum(int n)
{
	char room[256];

	room[0] = (char)n;
	return n == 0 ? 0 : sum(n - 1) + n + room[0] - (char)n;
}

static void deep(void)
{
	printf("deep sum %d\n", sum(100));
}

static void prepare(ucontext_t *context)
{
	getcontext(context);
	context->uc_stack.ss_sp = malloc(STACK);
	context->uc_stack.ss_size = STACK;
	context->uc_link = &main_context;
}

int main(void)
{
	volatile int turns = 0;

	prepare(&ping_context);
	makecontext(&ping_context, (void (*)(void))ping, 2, 0, 3);
	prepare(&pong_context);
	makecontext(&pong_context, (void (*)(void))pong, 1, 10);
	printf("main starts\n");
	swapcontext(&main_context, &ping_context);
	printf("ping is done, back in main\n");
	getcontext(&loop_context);
	turns++;
	printf("again %d\n", turns);
	if (turns < 3)
		setcontext(&loop_context);
	prepare(&ping_context);
	makecontext(&ping_context, deep, 0);
	swapcontext(&main_context, &ping_context);
	return 0;
}
