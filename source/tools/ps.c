/* ps(1): -e -A a x, -f, -l, u (ps aux), -p PID,… and -o COLUMN[=HEADING],… */
#include "shared/process-list.h"
#include "shared/tool.h"
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct process_info *processes;
static long count;
static const char *selected;
static int shows_kernel;

static const char *user_name(void)
{
	struct passwd *user = getpwuid(getuid());

	return user ? user->pw_name : "?";
}

static void write_time(char *text, long nanoseconds)
{
	long seconds = nanoseconds / 1000000000;

	sprintf(text, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static void write_start(char *text, const struct process_info *process)
{
	struct timespec now, since_boot;
	time_t start;

	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_MONOTONIC, &since_boot);
	start = now.tv_sec - since_boot.tv_sec + process->start_time / 1000000000;
	strftime(text, 8, "%H:%M", localtime(&start));
}

static double cpu_share(const struct process_info *process)
{
	struct timespec now;
	double age;

	clock_gettime(CLOCK_MONOTONIC, &now);
	age = (double)now.tv_sec * 1e9 + (double)now.tv_nsec - (double)process->start_time;
	return age > 0 ? 100.0 * (double)process->cpu_time / age : 0;
}

struct column {
	const char *name, *heading;
	int width; /* Negative: to the left. */
};

static const struct column columns[] = {
	{"pid", "PID", 7}, {"ppid", "PPID", 7}, {"pgid", "PGID", 7}, {"sid", "SID", 7}, {"user", "USER", -8},
	{"uid", "UID", 5}, {"s", "S", -1}, {"stat", "STAT", -4}, {"ni", "NI", 3}, {"c", "C", 2}, {"%cpu", "%CPU", 4},
	{"vsz", "VSZ", 6}, {"rss", "RSS", 6}, {"tty", "TTY", -8}, {"start", "STIME", -5}, {"time", "TIME", 8},
	{"nlwp", "NLWP", 4}, {"wchan", "WCHAN", -12}, {"comm", "COMMAND", -15}, {"args", "COMMAND", -27},
	/* As the usual formats head them. */
	{"user", "UID", -8}, {"comm", "CMD", -15}, {"args", "CMD", -27},
};

static void write_cell(char *text, const struct process_info *process, const char *name)
{
	*text = 0;
	if (strcmp(name, "pid") == 0)
		sprintf(text, "%d", process->pid);
	else if (strcmp(name, "ppid") == 0)
		sprintf(text, "%d", process->parent);
	else if (strcmp(name, "pgid") == 0)
		sprintf(text, "%d", process->group);
	else if (strcmp(name, "sid") == 0)
		sprintf(text, "%d", process->session);
	else if (strcmp(name, "user") == 0)
		strcpy(text, user_name());
	else if (strcmp(name, "uid") == 0)
		sprintf(text, "%u", getuid());
	else if (strcmp(name, "s") == 0)
		sprintf(text, "%c", process->state);
	else if (strcmp(name, "stat") == 0)
		sprintf(text, "%c%s%s", process->state, process->nice < 0 ? "<" : process->nice > 0 ? "N" : "",
		        process->session == process->pid ? "s" : "");
	else if (strcmp(name, "ni") == 0)
		sprintf(text, "%d", process->nice);
	else if (strcmp(name, "c") == 0)
		sprintf(text, "%.0f", cpu_share(process));
	else if (strcmp(name, "%cpu") == 0)
		sprintf(text, "%.1f", cpu_share(process));
	else if (strcmp(name, "vsz") == 0 || strcmp(name, "rss") == 0)
		sprintf(text, "%ld", process->memory / 1024);
	else if (strcmp(name, "tty") == 0)
		strcpy(text, process->is_kernel_process ? "?" : "tty");
	else if (strcmp(name, "start") == 0)
		write_start(text, process);
	else if (strcmp(name, "time") == 0)
		write_time(text, process->cpu_time);
	else if (strcmp(name, "nlwp") == 0)
		sprintf(text, "%d", process->threads);
	else if (strcmp(name, "wchan") == 0)
		strcpy(text, *process->wait ? process->wait : "-");
	else if (strcmp(name, "comm") == 0)
		sprintf(text, "%s%s", process->command, process->state == 'Z' ? " <defunct>" : "");
	else if (process->state == 'Z')
		sprintf(text, "[%s] <defunct>", process->command);
	else
		strcpy(text, process->arguments);
}

static const struct column *find_column(const char *name, const char *heading)
{
	static const char *const aliases[][2] = {
		{"cmd", "args"}, {"command", "args"}, {"ucmd", "comm"}, {"state", "s"}, {"nice", "ni"}, {"pcpu", "%cpu"},
		{"tt", "tty"}, {"cputime", "time"}, {"pgrp", "pgid"}, {"sess", "sid"}, {"thcount", "nlwp"}, {"stime", "start"},
	};
	size_t i;

	for (i = 0; i < sizeof aliases / sizeof *aliases; i++) {
		if (strcmp(name, aliases[i][0]) == 0)
			name = aliases[i][1];
	}
	for (i = 0; i < sizeof columns / sizeof *columns; i++) {
		if (strcmp(columns[i].name, name) == 0 && (!heading || strcmp(columns[i].heading, heading) == 0))
			return &columns[i];
	}
	complain(0, "error: unknown user-defined format specifier \"%s\"", name);
	exit(1);
}

static int is_selected(const struct process_info *process)
{
	const char *at;

	if (!selected)
		return shows_kernel || !process->is_kernel_process;
	for (at = selected; at && *at; at = strchr(at, ',')) {
		at += *at == ',';
		if (atoi(at) == process->pid)
			return 1;
	}
	return 0;
}

struct cell_format {
	const struct column *column;
	const char *heading;
};

/* "pid,stat=STATE,args" or "UID:user,…" of the formats below. */
static int parse_format(char *text, struct cell_format *format)
{
	int n = 0;
	char *name;

	for (name = strtok(text, ", "); name && n < 32; name = strtok(NULL, ", ")) {
		char *own = strchr(name, '='), *colon = strchr(name, ':');
		if (own)
			*own++ = 0;
		if (colon)
			*colon++ = 0;
		format[n].column = find_column(colon ? colon : name, colon ? name : NULL);
		format[n].heading = own ? own : format[n].column->heading;
		n++;
	}
	return n;
}

static void print_row(const struct cell_format *format, int cells, const struct process_info *process)
{
	char text[256];
	int i;

	for (i = 0; i < cells; i++) {
		int width = format[i].column->width;
		if (process)
			write_cell(text, process, format[i].column->name);
		else
			strcpy(text, format[i].heading);
		if (i + 1 == cells && width < 0)
			printf("%s", text);
		else
			printf("%*s%s", width, text, i + 1 < cells ? " " : "");
	}
	putchar('\n');
}

static int has_headings(const struct cell_format *format, int cells)
{
	int i, any = 0;

	for (i = 0; i < cells; i++)
		any |= *format[i].heading != 0;
	return any;
}

static void load(void)
{
	long capacity = 64;

	do {
		capacity = count > capacity ? count + 16 : capacity;
		processes = realloc(processes, (size_t)capacity * sizeof *processes);
		count = process_list(processes, (unsigned long)capacity * sizeof *processes);
		if (count < 0) {
			complain(errno, "cannot read the process table");
			exit(1);
		}
	} while (count > capacity);
}

int main(int argc, char **argv)
{
	static char usual[] = "pid,tty,time,CMD:comm", full[] = "UID:user,pid,ppid,c,start,tty,time,CMD:args";
	static char of_users[] = "user,pid,%cpu,vsz,rss,tty,stat,start,time,args", long_format[] = "s,uid,pid,ppid,c,ni,vsz,wchan,tty,time,CMD:comm";
	struct cell_format format[32];
	char *wanted = usual;
	int option, cells, found = 0;
	long i;

	tool_name = "ps";
	while ((option = getopt(argc, argv, "eAaxflwp:o:")) != -1) {
		switch (option) {
		case 'e':
		case 'A': shows_kernel = 1; break;
		case 'f': wanted = full; break;
		case 'l': wanted = long_format; break;
		case 'p': selected = optarg; break;
		case 'o': wanted = optarg; break;
		case 'w': break;
		case '?': return 1;
		}
	}
	for (; optind < argc; optind++) { /* BSD's options. */
		if (strspn(argv[optind], "0123456789,") == strlen(argv[optind]))
			selected = argv[optind];
		if (strchr(argv[optind], 'u'))
			wanted = of_users;
		if (strchr(argv[optind], 'x'))
			shows_kernel = 1;
	}
	load();
	cells = parse_format(wanted, format);
	if (has_headings(format, cells))
		print_row(format, cells, NULL);
	for (i = 0; i < count; i++) {
		if (!is_selected(&processes[i]))
			continue;
		print_row(format, cells, &processes[i]);
		found = 1;
	}
	return finish(!found);
}
