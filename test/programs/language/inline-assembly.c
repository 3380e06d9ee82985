// Locks and counters in inline assembly, as courses have them: xv6, OSTEP, thread libraries.
// expect: 900 900 1800
// expect: 1 0 6
// expect: 6 8 8
// expect: 8 2 42
// expect: 0 1 0
// expect: 42 1
// expect: 21 11
#include <pthread.h>
#include <stdio.h>

typedef unsigned int uint;

/* xv6 */
static inline uint xchg(volatile uint *addr, uint newval)
{
	uint result;
	asm volatile("lock; xchgl %0, %1" : "+m" (*addr), "=a" (result) : "1" (newval) : "cc");
	return result;
}

/* Operating Systems: Three Easy Pieces */
static char CompareAndSwap(int *ptr, int old, int new)
{
	unsigned char ret;
	__asm__ __volatile__ (
		"  lock\n"
		"  cmpxchgl %2,%1\n"
		"  sete %0\n"
		: "=q" (ret), "=m" (*ptr)
		: "r" (new), "m" (*ptr), "a" (old)
		: "memory");
	return ret;
}

static int cas_old(volatile int *p, int old, int n)
{
	int prev;
	asm volatile("lock cmpxchg %2, %1" : "=a"(prev) : "m"(*p), "r"(n), "0"(old) : "memory");
	return prev;
}

static int atomic_xchg(volatile int *addr, int newval)
{
	int result;
	asm volatile("lock xchg %0, %1": "+m"(*addr), "=a"(result) : "1"(newval) : "memory");
	return result;
}

static int fetch_add(int *p, int v)
{
	asm volatile("lock; xaddl %[v], %[p]" : [v] "+r"(v), [p] "+m"(*p) : : "memory", "cc");
	return v;
}

static int dec_and_test(int *v)
{
	unsigned char c;
	asm volatile("lock; decl %0; setz %1" : "+m" (*v), "=qm" (c) : : "memory");
	return c != 0;
}

static int xchg_behind(int *p, int x)
{
	asm volatile("xchgl %0, (%1)" : "=r"(x) : "r"(p), "0"(x) : "memory");
	return x;
}

static long sum;
static volatile uint lock;
static int taken, plain;

static void *add(void *unused)
{
	for (int i = 0; i < 300; i++) {
		asm volatile("lock addq $1, %0" : "+m"(sum));
		while (xchg(&lock, 1) != 0)
			asm volatile("pause");
		taken++;
		asm volatile("movl $0, %0" : "=m"(lock));
		fetch_add(&plain, 2);
	}
	return unused;
}

int main(void)
{
	pthread_t t[3];
	for (int i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, add, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	printf("%ld %d %d\n", sum, taken, plain);
	int x = 5;
	int swapped = CompareAndSwap(&x, 5, 6), refused = CompareAndSwap(&x, 5, 7);
	printf("%d %d %d\n", swapped, refused, x);
	int first = cas_old(&x, 6, 8), second = cas_old(&x, 6, 9);
	printf("%d %d %d\n", first, second, x);
	int before = atomic_xchg(&x, 2), more = fetch_add(&x, 40);
	printf("%d %d %d\n", before, more, x);
	int count = 2, one = dec_and_test(&count), two = dec_and_test(&count);
	printf("%d %d %d\n", one, two, count);
	int was = xchg_behind(&x, 1);
	printf("%d %d\n", was, x);
	int a = 20, b = 3;
	asm("addl %1, %0\n\t" "subl $2, %0" : "+r"(a) : "r"(b) : "cc");
	asm("orl %1, %0" : "+r"(b) : "ir"(8));
	asm volatile("mfence" ::: "memory");
	printf("%d %d\n", a, b);
	return 0;
}
