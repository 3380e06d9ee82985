/* dlopen(3). Programs here are linked as a whole, and there are no shared objects: every call fails and says so. */
#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

static char message[160];
static int is_told = 1;

static void fail(const char *what, const char *name)
{
	snprintf(message, sizeof message, "%s: %s", name ? name : "program", what);
	is_told = 0;
}

void *dlopen(const char *file, int mode)
{
	(void)mode;
	if (file && access(file, F_OK) < 0)
		fail("cannot open shared object file: No such file or directory", file);
	else
		fail("cannot open shared object file: this machine has no dynamic linking", file);
	return NULL;
}

void *dlsym(void *handle, const char *name)
{
	(void)handle;
	fail("undefined symbol: this machine has no dynamic linking", name);
	return NULL;
}

int dlclose(void *handle)
{
	(void)handle;
	fail("shared object not open", NULL);
	return -1;
}

char *dlerror(void)
{
	if (is_told)
		return NULL;
	is_told = 1;
	return message;
}
