/* The locales are C, also called POSIX, and C.UTF-8, which differs in its characters only (setlocale(3)). */
#include "internal.h"
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const categories[LC_ALL] = {
	"LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES"
};
static char is_utf8[LC_ALL];
static char all_names[160];

static char *name_of(int category)
{
	return is_utf8[category] ? "C.UTF-8" : "C";
}

/* The names of all categories: one name if they agree. */
static char *all_of_them(void)
{
	int i, length = 0;

	if (!memchr(is_utf8, !is_utf8[0], sizeof is_utf8))
		return name_of(0);
	for (i = 0; i < LC_ALL; i++)
		length += sprintf(all_names + length, "%s%s=%s", i > 0 ? ";" : "", categories[i], name_of(i));
	return all_names;
}

/* 1 for the name of C.UTF-8, 0 for that of C, -1 for others. */
static int is_name_of_utf8(const char *name)
{
	if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
		return 0;
	return strcmp(name, "C.UTF-8") == 0 || strcmp(name, "C.utf8") == 0 ? 1 : -1;
}

/* What the environment says of a category, environ(7). */
static const char *from_environment(int category)
{
	const char *value = getenv("LC_ALL");

	if (!value || !*value)
		value = getenv(categories[category]);
	if (!value || !*value)
		value = getenv("LANG");
	return value && *value ? value : "C";
}

/* As setlocale(LC_ALL, NULL) wrote it: a name for all, or NAME=VALUE of each. */
static const char *named_for(int category, const char *locale, char *value)
{
	const char *start = strstr(locale, categories[category]), *end;

	if (!strchr(locale, '='))
		return locale;
	if (!start)
		return "";
	start += strlen(categories[category]) + 1;
	end = start + strcspn(start, ";");
	if (end - start > 15)
		return "";
	memcpy(value, start, (size_t)(end - start));
	value[end - start] = 0;
	return value;
}

char *setlocale(int category, const char *locale)
{
	char wanted[LC_ALL], value[16];
	int first = category == LC_ALL ? 0 : category, last = category == LC_ALL ? LC_ALL - 1 : category, i;

	if (category < LC_CTYPE || category > LC_ALL) {
		errno = EINVAL;
		return NULL;
	}
	for (i = first; locale && i <= last; i++) {
		int found = is_name_of_utf8(*locale ? named_for(i, locale, value) : from_environment(i));
		if (found < 0)
			return NULL;
		wanted[i] = (char)found;
	}
	if (locale)
		memcpy(is_utf8 + first, wanted + first, (size_t)(last - first + 1));
	__utf8 = is_utf8[LC_CTYPE];
	return category == LC_ALL ? all_of_them() : name_of(category);
}

struct lconv *localeconv(void)
{
	static struct lconv c = {
		".", "", "", "", "", "", "", "", "", "",
		CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX
	};

	return &c;
}

/* The texts of LC_TIME in the order of their items. */
static char *const time_texts[] = {
	"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
	"AM", "PM", "%a %b %e %H:%M:%S %Y", "%m/%d/%y", "%H:%M:%S", "%I:%M:%S %p",
};

char *nl_langinfo(nl_item item)
{
	int index = item - ABDAY_1;

	if (index >= 0 && (size_t)index < sizeof time_texts / sizeof *time_texts)
		return time_texts[index];
	switch (item) {
	case CODESET:
		return __utf8 ? "UTF-8" : "ANSI_X3.4-1968";
	case RADIXCHAR:
		return ".";
	case CRNCYSTR:
		return "-";
	case YESEXPR:
		return "^[yY]";
	case NOEXPR:
		return "^[nN]";
	default:
		return "";
	}
}
