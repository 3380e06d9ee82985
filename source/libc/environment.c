/* The environment: getenv(3), setenv(3), putenv(3). `environ` is copied to the heap before its first growth. */
#include "internal.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **own_environment;
static int environment_lock;

static int find(const char *name, size_t length)
{
	int i;

	for (i = 0; environ && environ[i]; i++) {
		if (strncmp(environ[i], name, length) == 0 && environ[i][length] == '=')
			return i;
	}
	return -1;
}

char *getenv(const char *name)
{
	size_t length = strlen(name);
	int i = length > 0 ? find(name, length) : -1;

	return i < 0 ? NULL : environ[i] + length + 1;
}

char *secure_getenv(const char *name)
{
	return getenv(name);
}

static int insert(char *string, size_t name_length, int replace)
{
	int i = find(string, name_length), count = 0;
	char **grown;

	if (i >= 0) {
		if (replace)
			environ[i] = string;
		return 0;
	}
	while (environ && environ[count])
		count++;
	grown = realloc(own_environment && own_environment == environ ? own_environment : NULL, (size_t)(count + 2) * sizeof(char *));
	if (!grown)
		return -1;
	if (environ != own_environment || !own_environment)
		memcpy(grown, environ, (size_t)count * sizeof(char *));
	grown[count] = string;
	grown[count + 1] = NULL;
	environ = own_environment = grown;
	return 0;
}

int setenv(const char *name, const char *value, int replace)
{
	size_t name_length, value_length;
	char *string;
	int result;

	if (!name || !*name || strchr(name, '=')) {
		errno = EINVAL;
		return -1;
	}
	name_length = strlen(name);
	value_length = strlen(value);
	if (!replace && getenv(name))
		return 0;
	string = malloc(name_length + value_length + 2);
	if (!string)
		return -1;
	memcpy(string, name, name_length);
	string[name_length] = '=';
	memcpy(string + name_length + 1, value, value_length + 1);
	__LOCK(&environment_lock);
	result = insert(string, name_length, replace);
	__UNLOCK(&environment_lock);
	return result;
}

int putenv(char *string)
{
	char *equals = strchr(string, '=');
	int result;

	if (!equals)
		return unsetenv(string);
	__LOCK(&environment_lock);
	result = insert(string, (size_t)(equals - string), 1);
	__UNLOCK(&environment_lock);
	return result;
}

int unsetenv(const char *name)
{
	size_t length;
	int i;

	if (!name || !*name || strchr(name, '=')) {
		errno = EINVAL;
		return -1;
	}
	length = strlen(name);
	__LOCK(&environment_lock);
	while ((i = find(name, length)) >= 0) {
		do
			environ[i] = environ[i + 1];
		while (environ[i++]);
	}
	__UNLOCK(&environment_lock);
	return 0;
}

int clearenv(void)
{
	environ = NULL;
	return 0;
}
