// Every compound assignment works on _Atomic objects: also those that no single instruction does, and on floats.
// expect: 34 5 20 2 3
// expect: 2.5 5 3.5 1.25
// expect: 1 1 0
// expect: -1 -2
// expect: 40000 20000.0
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static _Atomic long product = 1;
static _Atomic double sum;

static void *work(void *arg)
{
	for (int i = 0; i < 10000; i++) {
		product *= 1;
		product += 2;
		sum += 1;
	}
	return arg;
}

int main(void)
{
	_Atomic int i = 17;
	printf("%d", i *= 2);
	i /= 6;
	printf(" %d", i);
	i <<= 2;
	printf(" %d", i);
	i %= 6;
	printf(" %d", i);
	i |= 1;
	printf(" %d\n", i);

	_Atomic double d = 1.5;
	_Atomic float f = 2.5f;
	d++;
	double old = d;
	d *= 2;
	++f;
	printf("%g %g %g", old, d, f);
	f = 5;
	f /= 4;
	printf(" %g\n", atomic_load(&f));

	_Atomic _Bool b = 0;
	b |= 4;
	_Bool first = b;
	b += 1;
	_Bool second = b;
	b /= 2;
	printf("%d %d %d\n", first, second, b);

	_Atomic int negative = -3;
	negative += 1.5;
	int once = negative;
	negative -= 1.9;
	printf("%d %d\n", once, negative);

	pthread_t threads[2];
	for (int t = 0; t < 2; t++)
		pthread_create(&threads[t], NULL, work, NULL);
	for (int t = 0; t < 2; t++)
		pthread_join(threads[t], NULL);
	printf("%ld %.1f\n", product - 1, sum);
	return 0;
}
