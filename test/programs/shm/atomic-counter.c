// Atomic additions of three processes lose nothing; a spin lock protects a plain counter.
// expect: 3000 3000
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct counters {
	int atomic, plain;
	volatile int lock;
};

int main(void)
{
	struct counters *c = mmap(NULL, sizeof *c, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < 3; i++) {
		if (fork() == 0) {
			for (int n = 0; n < 1000; n++) {
				__sync_fetch_and_add(&c->atomic, 1);
				while (__sync_lock_test_and_set(&c->lock, 1))
					;
				c->plain++;
				__sync_lock_release(&c->lock);
			}
			exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
	printf("%d %d\n", c->atomic, c->plain);
	return 0;
}
