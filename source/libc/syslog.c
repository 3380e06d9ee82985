/* The system log, syslog(3): a datagram to the daemon's socket /dev/log. Where no daemon listens, the message is lost, but
   for LOG_PERROR and LOG_CONS. */
#include "internal.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_SIZE 1024

static struct {
	const char *ident;
	int option;
	int facility;
	int mask;
	int fd; /* -1: not connected */
} logging = { NULL, 0, LOG_USER, 0xff, -1 };

static void connect_log(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/dev/log" };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == -1)
		close(fd);
	else
		logging.fd = fd;
}

void openlog(const char *ident, int option, int facility)
{
	if (ident)
		logging.ident = ident;
	logging.option = option;
	if (facility != 0 && (facility & ~LOG_FACMASK) == 0)
		logging.facility = facility;
	if ((option & LOG_NDELAY) && logging.fd == -1)
		connect_log();
}

void closelog(void)
{
	if (logging.fd != -1)
		close(logging.fd);
	logging.fd = -1;
	logging.ident = NULL;
}

int setlogmask(int mask)
{
	int old = logging.mask;

	if (mask != 0)
		logging.mask = mask;
	return old;
}

/** Writes `<PRI>time ident[pid]: ` to the buffer; the place where the ident begins is stored. */
static int write_heading(char *buffer, int priority, int *ident_at)
{
	time_t now = time(NULL);
	struct tm tm;
	int length = sprintf(buffer, "<%d>", priority);

	length += (int)strftime(buffer + length, 32, "%h %e %T ", localtime_r(&now, &tm));
	*ident_at = length;
	length += sprintf(buffer + length, "%.100s", logging.ident ? logging.ident : program_invocation_short_name);
	if (logging.option & LOG_PID)
		length += sprintf(buffer + length, "[%d]", getpid());
	return length + sprintf(buffer + length, ": ");
}

static void write_line(int fd, const char *text, int length)
{
	char line[MESSAGE_SIZE + 1];

	memcpy(line, text, length);
	if (length == 0 || line[length - 1] != '\n')
		line[length++] = '\n';
	write(fd, line, length);
}

static void send_message(const char *message, int length, int ident_at)
{
	int console;

	if (logging.fd == -1)
		connect_log();
	if (logging.fd != -1 && send(logging.fd, message, length, MSG_NOSIGNAL) != -1)
		return;
	if (!(logging.option & LOG_CONS))
		return;
	console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (console == -1)
		return;
	write_line(console, message + ident_at, length - ident_at);
	close(console);
}

void vsyslog(int priority, const char *format, va_list args)
{
	char message[MESSAGE_SIZE];
	int error = errno, ident_at, length;

	if (!(logging.mask & LOG_MASK(LOG_PRI(priority))))
		return;
	if ((priority & LOG_FACMASK) == 0)
		priority |= logging.facility;
	length = write_heading(message, priority, &ident_at);
	errno = error;
	length += vsnprintf(message + length, sizeof(message) - length, format, args);
	if (length >= MESSAGE_SIZE)
		length = MESSAGE_SIZE - 1;
	if (logging.option & LOG_PERROR)
		write_line(STDERR_FILENO, message + ident_at, length - ident_at);
	send_message(message, length, ident_at);
	errno = error;
}

void syslog(int priority, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsyslog(priority, format, args);
	va_end(args);
}
