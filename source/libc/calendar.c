/* Calendar time in UTC, the only time zone here: gmtime(3), mktime(3), ctime(3). */
#include "internal.h"
#include <limits.h>
#include <string.h>
#include <time.h>

char *tzname[2] = { "UTC", "UTC" };
int daylight;
long timezone;
static struct tm shared_tm;

void tzset(void)
{
}

/* Days since 1970-01-01 of a date of the Gregorian calendar; month counts from March = 0 (the leap day comes last). */
static long days_from_civil(long year, int month, int day)
{
	long era, year_of_era, day_of_year;

	year -= month <= 1;
	era = (year >= 0 ? year : year - 399) / 400;
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 1 ? -2 : 10)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static int is_leap(long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int day_of_year(long year, int month, int day)
{
	static const short before[12] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

	return before[month] + day - 1 + (month > 1 && is_leap(year));
}

struct tm *gmtime_r(const time_t *restrict t, struct tm *restrict tm)
{
	long days = *t / 86400, second = *t % 86400, era, day_of_era, year_of_era, year, shifted_month, shifted_day;

	if (second < 0) {
		second += 86400;
		days--;
	}
	tm->tm_hour = (int)second / 3600;
	tm->tm_min = (int)second % 3600 / 60;
	tm->tm_sec = (int)second % 60;
	tm->tm_wday = (int)((days % 7 + 11) % 7);
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	day_of_era = days - era * 146097;
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	shifted_day = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	shifted_month = (5 * shifted_day + 2) / 153;
	tm->tm_mday = (int)(shifted_day - (153 * shifted_month + 2) / 5) + 1;
	tm->tm_mon = (int)(shifted_month < 10 ? shifted_month + 2 : shifted_month - 10);
	year = year_of_era + era * 400 + (tm->tm_mon <= 1);
	if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
		errno = EOVERFLOW;
		return NULL;
	}
	tm->tm_year = (int)(year - 1900);
	tm->tm_yday = day_of_year(year, tm->tm_mon, tm->tm_mday);
	tm->tm_isdst = 0;
	tm->tm_gmtoff = 0;
	tm->tm_zone = "GMT";
	return tm;
}

struct tm *localtime_r(const time_t *restrict t, struct tm *restrict tm)
{
	if (!gmtime_r(t, tm))
		return NULL;
	tm->tm_zone = tzname[0];
	return tm;
}

struct tm *gmtime(const time_t *t)
{
	return gmtime_r(t, &shared_tm);
}

struct tm *localtime(const time_t *t)
{
	return localtime_r(t, &shared_tm);
}

time_t timegm(struct tm *tm)
{
	long month = tm->tm_mon, year = 1900L + tm->tm_year;
	time_t t;

	year += month / 12;
	month %= 12;
	if (month < 0) {
		month += 12;
		year--;
	}
	t = (days_from_civil(year, (int)month, 1) + tm->tm_mday - 1) * 86400 + tm->tm_hour * 3600L + tm->tm_min * 60L + tm->tm_sec;
	return gmtime_r(&t, tm) ? t : -1;
}

time_t mktime(struct tm *tm)
{
	time_t t = timegm(tm);

	tm->tm_zone = tzname[0];
	return t;
}

time_t timelocal(struct tm *tm)
{
	return mktime(tm);
}

static char *print_time(const struct tm *tm, char *buffer, size_t size)
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (!tm) {
		errno = EINVAL;
		return NULL;
	}
	snprintf(buffer, size, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n", (unsigned)tm->tm_wday < 7 ? days + tm->tm_wday * 3 : "???",
		(unsigned)tm->tm_mon < 12 ? months + tm->tm_mon * 3 : "???", tm->tm_mday, tm->tm_hour, tm->tm_min, tm->tm_sec, 1900 + tm->tm_year);
	return buffer;
}

char *asctime_r(const struct tm *restrict tm, char *restrict buffer)
{
	return print_time(tm, buffer, 26);
}

char *asctime(const struct tm *tm)
{
	static char buffer[64];

	return print_time(tm, buffer, sizeof buffer);
}

char *ctime_r(const time_t *restrict t, char *restrict buffer)
{
	struct tm tm;

	return localtime_r(t, &tm) ? asctime_r(&tm, buffer) : NULL;
}

char *ctime(const time_t *t)
{
	struct tm *tm = localtime(t);

	return tm ? asctime(tm) : NULL;
}
