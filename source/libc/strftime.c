/* strftime(3) and strptime(3) for the C locale. */
#include "internal.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const char *const day_names[7] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
static const char *const month_names[12] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
};

static int is_leap(long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The week and year of ISO 8601: week 1 has the year's first Thursday. */
static int iso_week(const struct tm *tm, long *year)
{
	int week = (tm->tm_yday - (tm->tm_wday + 6) % 7 + 10) / 7, days;

	*year = 1900L + tm->tm_year;
	if (week < 1) {
		--*year;
		days = tm->tm_yday + 365 + is_leap(*year);
		return (days - (tm->tm_wday + 6) % 7 + 10) / 7;
	}
	days = 365 + is_leap(*year);
	if (week == 53 && tm->tm_yday - (tm->tm_wday + 6) % 7 + 3 >= days) {
		++*year;
		return 1;
	}
	return week;
}

struct output {
	char *next;
	size_t room;
	size_t length;
};

static void put(struct output *o, const char *s, size_t n)
{
	o->length += n;
	if (n < o->room) {
		memcpy(o->next, s, n);
		o->next += n;
		o->room -= n;
	} else {
		o->room = 0;
	}
}

/* A number in at least `width` places. `flag` (of GNU): '-' no padding, '_' blanks, '0' zeros, 0 as `padding` says. */
static void put_number(struct output *o, long value, int width, int padding, int flag, int wanted)
{
	char text[32];

	if (flag == '-')
		width = 0;
	else if (flag)
		padding = flag == '_' ? ' ' : '0';
	if (wanted > width)
		width = wanted < 30 ? wanted : 30;
	put(o, text, (size_t)(padding == '0' ? snprintf(text, sizeof text, "%0*ld", width, value) : snprintf(text, sizeof text, "%*ld", width, value)));
}

static void put_name(struct output *o, const char *const *names, int index, int count, int length, int flag)
{
	const char *name = index >= 0 && index < count ? names[index] : "?";
	size_t n = length && *name != '?' ? (size_t)length : strlen(name), i;

	for (i = 0; i < n; i++) {
		char c = flag == '^' || flag == '#' ? (char)toupper((unsigned char)name[i]) : name[i];
		put(o, &c, 1);
	}
}

static void format_time(struct output *o, const char *p, const struct tm *tm);

static void convert(struct output *o, int c, int flag, int width, const struct tm *tm)
{
	int hour12 = tm->tm_hour % 12 == 0 ? 12 : tm->tm_hour % 12;
	long year = 1900L + tm->tm_year, iso_year;
	const char *text;

	switch (c) {
	case 'a':
		put_name(o, day_names, tm->tm_wday, 7, 3, flag);
		break;
	case 'A':
		put_name(o, day_names, tm->tm_wday, 7, 0, flag);
		break;
	case 'b': case 'h':
		put_name(o, month_names, tm->tm_mon, 12, 3, flag);
		break;
	case 'B':
		put_name(o, month_names, tm->tm_mon, 12, 0, flag);
		break;
	case 'c':
		format_time(o, "%a %b %e %H:%M:%S %Y", tm);
		break;
	case 'C':
		put_number(o, year / 100 - (year % 100 < 0), 1, '0', flag, width);
		break;
	case 'd':
		put_number(o, tm->tm_mday, 2, '0', flag, width);
		break;
	case 'D': case 'x':
		format_time(o, "%m/%d/%y", tm);
		break;
	case 'e':
		put_number(o, tm->tm_mday, 2, ' ', flag, width);
		break;
	case 'F':
		format_time(o, "%Y-%m-%d", tm);
		break;
	case 'g': case 'G': case 'V': {
		int week = iso_week(tm, &iso_year);
		if (c == 'V')
			put_number(o, week, 2, '0', flag, width);
		else if (c == 'g')
			put_number(o, (iso_year % 100 + 100) % 100, 2, '0', flag, width);
		else
			put_number(o, iso_year, 1, '0', flag, width);
		break;
	}
	case 'H':
		put_number(o, tm->tm_hour, 2, '0', flag, width);
		break;
	case 'I':
		put_number(o, hour12, 2, '0', flag, width);
		break;
	case 'j':
		put_number(o, tm->tm_yday + 1, 3, '0', flag, width);
		break;
	case 'k':
		put_number(o, tm->tm_hour, 2, ' ', flag, width);
		break;
	case 'l':
		put_number(o, hour12, 2, ' ', flag, width);
		break;
	case 'm':
		put_number(o, tm->tm_mon + 1, 2, '0', flag, width);
		break;
	case 'M':
		put_number(o, tm->tm_min, 2, '0', flag, width);
		break;
	case 'n':
		put(o, "\n", 1);
		break;
	case 'p':
		text = tm->tm_hour >= 12 ? (flag == '#' ? "pm" : "PM") : (flag == '#' ? "am" : "AM");
		put(o, text, 2);
		break;
	case 'P':
		put(o, tm->tm_hour >= 12 ? "pm" : "am", 2);
		break;
	case 'r':
		format_time(o, "%I:%M:%S %p", tm);
		break;
	case 'R':
		format_time(o, "%H:%M", tm);
		break;
	case 's': {
		struct tm copy = *tm;
		put_number(o, mktime(&copy), 1, '0', flag, width);
		break;
	}
	case 'S':
		put_number(o, tm->tm_sec, 2, '0', flag, width);
		break;
	case 't':
		put(o, "\t", 1);
		break;
	case 'T': case 'X':
		format_time(o, "%H:%M:%S", tm);
		break;
	case 'u':
		put_number(o, tm->tm_wday == 0 ? 7 : tm->tm_wday, 1, '0', flag, width);
		break;
	case 'U':
		put_number(o, (tm->tm_yday + 7 - tm->tm_wday) / 7, 2, '0', flag, width);
		break;
	case 'w':
		put_number(o, tm->tm_wday, 1, '0', flag, width);
		break;
	case 'W':
		put_number(o, (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7, 2, '0', flag, width);
		break;
	case 'y':
		put_number(o, (year % 100 + 100) % 100, 2, '0', flag, width);
		break;
	case 'Y':
		put_number(o, year, 1, '0', flag, width);
		break;
	case 'z': {
		long offset = tm->tm_gmtoff / 60, magnitude = offset < 0 ? -offset : offset;
		put(o, offset < 0 ? "-" : "+", 1);
		put_number(o, magnitude / 60 * 100 + magnitude % 60, 4, '0', flag, width);
		break;
	}
	case 'Z':
		for (text = tm->tm_zone ? tm->tm_zone : ""; *text; text++) {
			char letter = flag == '#' ? (char)tolower((unsigned char)*text) : *text;
			put(o, &letter, 1);
		}
		break;
	case '%':
		put(o, "%", 1);
		break;
	}
}

static void format_time(struct output *o, const char *p, const struct tm *tm)
{
	for (; *p; p++) {
		int flag = 0, width = 0;
		const char *start = p;
		if (*p != '%') {
			put(o, p, 1);
			continue;
		}
		while (*++p && strchr("_-0^#", *p))
			flag = *p;
		for (; isdigit((unsigned char)*p); p++)
			width = width * 10 + (*p - '0');
		if (*p == 'E' || *p == 'O')
			p++;
		if (!*p || !strchr("aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%", *p)) {
			size_t n = (size_t)(p - start) + (*p != 0);
			put(o, start, n);
			if (!*p)
				break;
			continue;
		}
		convert(o, *p, flag, width, tm);
	}
}

size_t strftime(char *restrict s, size_t max, const char *restrict format, const struct tm *restrict tm)
{
	struct output o;

	o.next = s;
	o.room = max;
	o.length = 0;
	format_time(&o, format, tm);
	if (o.room == 0)
		return 0;
	*o.next = 0;
	return o.length;
}

static const char *parse_number(const char *s, int *value, int low, int high, int digits)
{
	int n = 0, count = 0;

	while (*s == ' ')
		s++;
	while (isdigit((unsigned char)*s) && count < digits) {
		n = n * 10 + (*s++ - '0');
		count++;
	}
	if (count == 0 || n < low || n > high)
		return NULL;
	*value = n;
	return s;
}

static const char *parse_name(const char *s, const char *const *names, int count, int *index)
{
	int i;

	for (i = 0; i < count; i++) {
		size_t n = strlen(names[i]);
		if (strncasecmp(s, names[i], n) == 0 || strncasecmp(s, names[i], n = 3) == 0) {
			*index = i;
			return s + n;
		}
	}
	return NULL;
}

static const char *parse_time(const char *s, const char *p, struct tm *tm, int *is_pm, int *century)
{
	int value;

	for (; *p && s; p++) {
		if (isspace((unsigned char)*p)) {
			while (isspace((unsigned char)*s))
				s++;
			continue;
		}
		if (*p != '%') {
			s = *s == *p ? s + 1 : NULL;
			continue;
		}
		p++;
		while (*p == '-' || *p == '_' || *p == '0' || *p == 'E' || *p == 'O')
			p++;
		switch (*p) {
		case 'a': case 'A':
			s = parse_name(s, day_names, 7, &tm->tm_wday);
			break;
		case 'b': case 'B': case 'h':
			s = parse_name(s, month_names, 12, &tm->tm_mon);
			break;
		case 'c':
			s = parse_time(s, "%a %b %e %H:%M:%S %Y", tm, is_pm, century);
			break;
		case 'C':
			s = parse_number(s, century, 0, 99, 2);
			break;
		case 'd': case 'e':
			s = parse_number(s, &tm->tm_mday, 1, 31, 2);
			break;
		case 'D': case 'x':
			s = parse_time(s, "%m/%d/%y", tm, is_pm, century);
			break;
		case 'F':
			s = parse_time(s, "%Y-%m-%d", tm, is_pm, century);
			break;
		case 'H': case 'k':
			s = parse_number(s, &tm->tm_hour, 0, 23, 2);
			break;
		case 'I': case 'l':
			s = parse_number(s, &value, 1, 12, 2);
			tm->tm_hour = value % 12;
			break;
		case 'j':
			s = parse_number(s, &value, 1, 366, 3);
			tm->tm_yday = value - 1;
			break;
		case 'm':
			s = parse_number(s, &value, 1, 12, 2);
			tm->tm_mon = value - 1;
			break;
		case 'M':
			s = parse_number(s, &tm->tm_min, 0, 59, 2);
			break;
		case 'n': case 't':
			while (isspace((unsigned char)*s))
				s++;
			break;
		case 'p':
			*is_pm = (*s | 32) == 'p';
			s = strncasecmp(s, "am", 2) == 0 || strncasecmp(s, "pm", 2) == 0 ? s + 2 : NULL;
			break;
		case 'r':
			s = parse_time(s, "%I:%M:%S %p", tm, is_pm, century);
			break;
		case 'R':
			s = parse_time(s, "%H:%M", tm, is_pm, century);
			break;
		case 's': {
			char *end;
			time_t t = strtol(s, &end, 10);
			s = end == s ? NULL : end;
			localtime_r(&t, tm);
			break;
		}
		case 'S':
			s = parse_number(s, &tm->tm_sec, 0, 61, 2);
			break;
		case 'T': case 'X':
			s = parse_time(s, "%H:%M:%S", tm, is_pm, century);
			break;
		case 'y':
			s = parse_number(s, &value, 0, 99, 2);
			tm->tm_year = value < 69 ? value + 100 : value;
			break;
		case 'Y':
			s = parse_number(s, &value, 0, 9999, 4);
			tm->tm_year = value - 1900;
			break;
		case 'Z': /* The name of a time zone is passed over, as by glibc. */
			while (isspace((unsigned char)*s))
				s++;
			while (*s && !isspace((unsigned char)*s))
				s++;
			break;
		case '%':
			s = *s == '%' ? s + 1 : NULL;
			break;
		default:
			return NULL;
		}
	}
	return s;
}

char *strptime(const char *restrict s, const char *restrict format, struct tm *tm)
{
	int is_pm = 0, century = -1;

	s = parse_time(s, format, tm, &is_pm, &century);
	if (!s)
		return NULL;
	if (is_pm)
		tm->tm_hour += 12;
	if (century >= 0)
		tm->tm_year = (century - 19) * 100 + tm->tm_year % 100;
	if (tm->tm_mday >= 1) {
		struct tm copy = *tm;
		copy.tm_hour = copy.tm_min = copy.tm_sec = 0;
		timegm(&copy);
		tm->tm_wday = copy.tm_wday;
		tm->tm_yday = copy.tm_yday;
	}
	return (char *)s;
}
