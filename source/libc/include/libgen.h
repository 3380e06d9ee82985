#ifndef _LIBGEN_H
#define _LIBGEN_H

#include <features.h>

extern char *dirname(char *__path);
extern char *__xpg_basename(char *__path);
#define basename __xpg_basename

#endif
