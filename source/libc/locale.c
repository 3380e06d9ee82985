/* The C locale is the only one (setlocale(3)). */
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stddef.h>
#include <string.h>

char *setlocale(int category, const char *locale)
{
	if (category < LC_CTYPE || category > LC_ALL)
		return NULL;
	if (locale && *locale && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0)
		return NULL;
	return "C";
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
		return "ANSI_X3.4-1968";
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
