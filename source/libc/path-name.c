/* The parts of a path: basename(3), dirname(3). */
#include <string.h>

/* The GNU version, of string.h, leaves the path alone. */
char *(basename)(const char *path)
{
	char *slash = strrchr(path, '/');

	return slash ? slash + 1 : (char *)path;
}

char *__xpg_basename(char *path)
{
	char *end;

	if (!path || !*path)
		return ".";
	end = path + strlen(path);
	while (end > path + 1 && end[-1] == '/')
		*--end = 0;
	while (end > path && end[-1] != '/')
		end--;
	return *end ? end : path;
}

char *dirname(char *path)
{
	char *end;

	if (!path || !strchr(path, '/'))
		return ".";
	end = path + strlen(path);
	while (end > path + 1 && end[-1] == '/')
		end--;
	while (end > path && end[-1] != '/')
		end--;
	if (end == path)
		return ".";
	while (end > path + 1 && end[-1] == '/')
		end--;
	/* Exactly two slashes at the beginning may mean something else than one. */
	if (end == path + 1 && path[0] == '/' && path[1] == '/' && path[2] != '/')
		end++;
	*end = 0;
	return path;
}
