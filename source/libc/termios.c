/* Terminal attributes (termios(3)). The kernel's structure has 19 control characters and no speeds. */
#include "internal.h"
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

#define KERNEL_NCCS 19

struct kernel_termios {
	tcflag_t c_iflag;
	tcflag_t c_oflag;
	tcflag_t c_cflag;
	tcflag_t c_lflag;
	cc_t c_line;
	cc_t c_cc[KERNEL_NCCS];
};

#define SPEED_BITS 0010017

int tcgetattr(int fd, struct termios *attributes)
{
	struct kernel_termios k;

	if (ioctl(fd, TCGETS, &k) < 0)
		return -1;
	memset(attributes, 0, sizeof *attributes);
	attributes->c_iflag = k.c_iflag;
	attributes->c_oflag = k.c_oflag;
	attributes->c_cflag = k.c_cflag;
	attributes->c_lflag = k.c_lflag;
	attributes->c_line = k.c_line;
	attributes->c_ispeed = attributes->c_ospeed = k.c_cflag & SPEED_BITS;
	memcpy(attributes->c_cc, k.c_cc, KERNEL_NCCS);
	return 0;
}

int tcsetattr(int fd, int when, const struct termios *attributes)
{
	struct kernel_termios k;

	if (when < TCSANOW || when > TCSAFLUSH) {
		errno = EINVAL;
		return -1;
	}
	k.c_iflag = attributes->c_iflag;
	k.c_oflag = attributes->c_oflag;
	k.c_cflag = attributes->c_cflag;
	k.c_lflag = attributes->c_lflag;
	k.c_line = attributes->c_line;
	memcpy(k.c_cc, attributes->c_cc, KERNEL_NCCS);
	return ioctl(fd, (unsigned long)(TCSETS + when), &k);
}

int tcflush(int fd, int queue)
{
	return ioctl(fd, TCFLSH, (long)queue);
}

int tcflow(int fd, int action)
{
	return ioctl(fd, TCXONC, (long)action);
}

int tcsendbreak(int fd, int duration)
{
	(void)duration;
	return ioctl(fd, TCSBRK, 0L);
}

pid_t tcgetsid(int fd)
{
	int session;

	return ioctl(fd, TIOCGSID, &session) < 0 ? -1 : session;
}

int tcdrain(int fd)
{
	return ioctl(fd, TCSBRK, 1L);
}

void cfmakeraw(struct termios *attributes)
{
	attributes->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	attributes->c_oflag &= ~(tcflag_t)OPOST;
	attributes->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	attributes->c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	attributes->c_cflag |= CS8;
	attributes->c_cc[VMIN] = 1;
	attributes->c_cc[VTIME] = 0;
}

speed_t cfgetispeed(const struct termios *attributes)
{
	return attributes->c_ispeed;
}

speed_t cfgetospeed(const struct termios *attributes)
{
	return attributes->c_ospeed;
}

int cfsetispeed(struct termios *attributes, speed_t speed)
{
	attributes->c_ispeed = speed;
	return 0;
}

int cfsetospeed(struct termios *attributes, speed_t speed)
{
	attributes->c_cflag = (attributes->c_cflag & ~(tcflag_t)SPEED_BITS) | speed;
	attributes->c_ospeed = speed;
	return 0;
}

int cfsetspeed(struct termios *attributes, speed_t speed)
{
	cfsetispeed(attributes, speed);
	return cfsetospeed(attributes, speed);
}
