/* Thread-specific data (pthread_key_create(3)). The first few values stand in the thread's record. */
#include "internal.h"
#include <limits.h>
#include <stdlib.h>

struct key {
	int is_used;
	int generation;
	void (*destructor)(void *);
};
static struct key keys[PTHREAD_KEYS_MAX];
int __keys_lock;

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	unsigned int i;

	__LOCK(&__keys_lock);
	for (i = 0; i < PTHREAD_KEYS_MAX && keys[i].is_used; i++)
		;
	if (i < PTHREAD_KEYS_MAX) {
		keys[i].is_used = 1;
		keys[i].destructor = destructor;
	}
	__UNLOCK(&__keys_lock);
	if (i == PTHREAD_KEYS_MAX)
		return EAGAIN;
	*key = i;
	return 0;
}

static void **value_of(struct __pthread *t, pthread_key_t key, int allocate)
{
	if (key < __KEYS_INLINE)
		return &t->values[key];
	if (!t->more_values && allocate)
		t->more_values = calloc(PTHREAD_KEYS_MAX - __KEYS_INLINE, sizeof(void *));
	return t->more_values ? &t->more_values[key - __KEYS_INLINE] : NULL;
}

/* The values of an old key of the same number must not be seen through a new one. */
static void forget_value(pthread_key_t key)
{
	void **value = value_of(__SELF, key, 0);

	if (value)
		*value = NULL;
}

int pthread_key_delete(pthread_key_t key)
{
	if (key >= PTHREAD_KEYS_MAX || !keys[key].is_used)
		return EINVAL;
	forget_value(key);
	keys[key].is_used = 0;
	keys[key].destructor = NULL;
	return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
	void **value;

	if (key >= PTHREAD_KEYS_MAX)
		return NULL;
	value = value_of(__SELF, key, 0);
	return value ? *value : NULL;
}

int pthread_setspecific(pthread_key_t key, const void *new_value)
{
	void **value;

	if (key >= PTHREAD_KEYS_MAX || !keys[key].is_used)
		return EINVAL;
	value = value_of(__SELF, key, new_value != NULL);
	if (value)
		*value = (void *)new_value;
	return value || !new_value ? 0 : ENOMEM;
}

void __run_key_destructors(struct __pthread *self)
{
	int round, i, again = 1;

	for (round = 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
		again = 0;
		for (i = 0; i < (self->more_values ? PTHREAD_KEYS_MAX : __KEYS_INLINE); i++) {
			void **value = value_of(self, (pthread_key_t)i, 0), *old = *value;
			if (!old || !keys[i].is_used)
				continue;
			*value = NULL;
			if (keys[i].destructor) {
				again = 1;
				keys[i].destructor(old);
			}
		}
	}
	free(self->more_values);
	self->more_values = NULL;
}
