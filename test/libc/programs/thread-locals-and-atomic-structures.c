// _Thread_local objects are each thread's own; _Atomic structures are read, stored and exchanged whole.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct pair {
	int a, b;
};

static int shared = 7;
static _Thread_local int counter = 5;
static _Thread_local struct {
	int a[4];
	const char *s;
} record = { { 1, 2, 3, 4 }, "hello" };
static _Thread_local int *address = &shared, *own;
static _Thread_local long large[300] = { [299] = 9 };
extern _Thread_local int later;
static int readLater(void)
{
	return later;
}
_Thread_local int later = 42;

static _Atomic struct pair sum = { 1, 2 };

static int count(void)
{
	static _Thread_local int calls;

	return ++calls;
}

static struct pair pair(int a, int b)
{
	struct pair p = { a, b };

	return p;
}

static void *run(void *argument)
{
	long number = (long)argument;

	counter += (int)number;
	record.a[1] = counter;
	own = &counter;
	later++;
	large[0] = number;
	count();
	printf("%d %d %d %d %d %s %d %ld %d\n", counter, record.a[1], record.a[2], *own, readLater(), record.s, *address, large[299] + large[0], count());
	for (int i = 0; i < 200; i++) {
		struct pair old = atomic_load(&sum);

		while (!atomic_compare_exchange_weak(&sum, &old, pair(old.a + 1, old.b + 2)))
			;
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[2];
	struct pair p, expected = { 5, 6 };
	_Atomic struct pair local = pair(3, 4), *pointer = &local;
	_Atomic float half = 0.5f;
	struct {
		char c;
		_Atomic struct pair inner;
	} outer = { 'c', { 2, 3 } };
	float was;

	run(NULL);
	for (long i = 0; i < 2; i++) {
		pthread_create(&threads[i], NULL, run, (void *)(i + 1));
		pthread_join(threads[i], NULL);
	}
	printf("%d %d %d %d\n", counter, record.a[1], own == &counter, later);

	for (long i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, run, (void *)10);
	for (long i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	p = sum;
	printf("%d %d\n", p.a, p.b);

	p = atomic_exchange(pointer, pair(5, 6));
	printf("%d %d %zu %zu %zu\n", p.a, p.b, sizeof local, _Alignof(_Atomic struct pair), sizeof outer);
	printf("%d ", atomic_compare_exchange_strong(&local, &expected, pair(7, 8)));
	printf("%d ", atomic_compare_exchange_strong(&local, &expected, pair(9, 9)));
	p = local;
	printf("%d %d %d %d\n", p.a, p.b, expected.a, expected.b);

	outer.inner = pair(8, 9);
	p = outer.inner;
	was = atomic_exchange(&half, 1.5f);
	printf("%d %d %.1f %.1f\n", p.a, p.b, (double)was, (double)atomic_load(&half));
	return 0;
}
