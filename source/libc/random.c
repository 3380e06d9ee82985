/* rand(3), random(3): glibc's additive feedback generators, number for number, and rand_r(3), arc4random(3). */
#include "internal.h"
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define TYPES 5
static const int degrees[TYPES] = { 0, 7, 15, 31, 63 };
static const int separations[TYPES] = { 0, 3, 1, 3, 1 };
static const int state_sizes[TYPES] = { 8, 32, 64, 128, 256 };

/* The word before the state says the type and where the rear pointer stands. */
static int default_table[32];
static int *state;
static int type, degree, separation, front, rear;
static int random_lock;

static int next(void)
{
	int value;

	if (type == 0) {
		value = (int)(((unsigned)state[0] * 1103515245u + 12345u) & 0x7fffffff);
		state[0] = value;
		return value;
	}
	value = state[front] = (int)((unsigned)state[front] + (unsigned)state[rear]);
	if (++front == degree)
		front = 0;
	if (++rear == degree)
		rear = 0;
	return (int)((unsigned)value >> 1);
}

static void seed_state(unsigned int seed)
{
	int i, word;

	state[0] = word = seed == 0 ? 1 : (int)seed;
	if (type == 0)
		return;
	/* word = 16807 × word mod (2^31 - 1) without overflow (Schrage). */
	for (i = 1; i < degree; i++) {
		word = 16807 * (word % 127773) - 2836 * (word / 127773);
		if (word < 0)
			word += 2147483647;
		state[i] = word;
	}
	front = separation;
	rear = 0;
	for (i = 0; i < degree * 10; i++)
		next();
}

static void use_type(int new_type, int *table)
{
	type = new_type;
	degree = degrees[type];
	separation = separations[type];
	state = table + 1;
}

static void need_state(void)
{
	if (!state) {
		use_type(3, default_table);
		seed_state(1);
	}
}

long random(void)
{
	long value;

	__LOCK(&random_lock);
	need_state();
	value = next();
	__UNLOCK(&random_lock);
	return value;
}

void srandom(unsigned int seed)
{
	__LOCK(&random_lock);
	if (!state)
		use_type(3, default_table);
	seed_state(seed);
	__UNLOCK(&random_lock);
}

static char *save_state(void)
{
	need_state();
	state[-1] = type == 0 ? 0 : TYPES * rear + type;
	return (char *)(state - 1);
}

char *initstate(unsigned int seed, char *table, size_t size)
{
	char *old;
	int new_type = TYPES - 1;

	if (size < 8) {
		errno = EINVAL;
		return NULL;
	}
	__LOCK(&random_lock);
	old = save_state();
	while (new_type > 0 && size < (size_t)state_sizes[new_type])
		new_type--;
	use_type(new_type, (int *)table);
	seed_state(seed);
	save_state();
	__UNLOCK(&random_lock);
	return old;
}

char *setstate(char *table)
{
	int word = ((int *)table)[0];
	char *old;

	if (word < 0 || word % TYPES > 4) {
		errno = EINVAL;
		return NULL;
	}
	__LOCK(&random_lock);
	old = save_state();
	use_type(word % TYPES, (int *)table);
	if (type != 0) {
		rear = word / TYPES;
		front = (rear + separation) % degree;
	}
	__UNLOCK(&random_lock);
	return old;
}

int rand(void)
{
	return (int)random();
}

void srand(unsigned int seed)
{
	srandom(seed);
}

int rand_r(unsigned int *seed)
{
	unsigned int next_seed = *seed;
	int result;

	next_seed = next_seed * 1103515245u + 12345u;
	result = (int)(next_seed / 65536 % 2048);
	next_seed = next_seed * 1103515245u + 12345u;
	result = (int)((unsigned)result << 10 ^ next_seed / 65536 % 1024);
	next_seed = next_seed * 1103515245u + 12345u;
	result = (int)((unsigned)result << 10 ^ next_seed / 65536 % 1024);
	*seed = next_seed;
	return result;
}

void arc4random_buf(void *buffer, size_t size)
{
	getrandom(buffer, size, 0);
}

unsigned int arc4random(void)
{
	unsigned int value;

	arc4random_buf(&value, sizeof value);
	return value;
}

unsigned int arc4random_uniform(unsigned int bound)
{
	unsigned int value, smallest = bound < 2 ? 0 : -bound % bound;

	if (bound < 2)
		return 0;
	do
		value = arc4random();
	while (value < smallest);
	return value % bound;
}
