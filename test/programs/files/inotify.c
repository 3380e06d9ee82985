// inotify(7): which events come of what, in which order, on files and directories; equal events in a row are one.
// expect: create: CREATE a, OPEN a
// expect: two writes: MODIFY a
// expect: read: ACCESS a
// expect: close: CLOSE_WRITE a
// expect: truncating open: OPEN a, MODIFY a, CLOSE_NOWRITE a
// expect: attributes: ATTRIB a
// expect: link: CREATE b
// expect: rename: MOVED_FROM b, MOVED_TO c (one cookie)
// expect: move away and back: MOVED_FROM c, MOVED_TO c
// expect: subdirectory: CREATE sub/, DELETE sub/
// expect: file and directory: OPEN a, OPEN -, CLOSE_NOWRITE a, CLOSE_NOWRITE -
// expect: one of two names: ATTRIB -, DELETE a
// expect: the last name: ATTRIB -, DELETE_SELF -, IGNORED -, DELETE c
// expect: list: OPEN -/, ACCESS -/, CLOSE_NOWRITE -/
// expect: forgotten: IGNORED -
// expect: one shot: CREATE x, IGNORED -
// expect: moved itself: MOVE_SELF -
// expect: removed: DELETE_SELF -, IGNORED -
// expect: refused: EINVAL EINVAL EINVAL ENOENT ENOTDIR
// expect: open file without a name: ATTRIB -
// expect: its last close: CLOSE_WRITE -, DELETE_SELF -, IGNORED -
// expect: a reader waits: CREATE late, OPEN late, CLOSE_WRITE late
// expect: small buffer: EINVAL, 32 bytes wait, poll 1
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int watcher;

static const char *name_of(unsigned int bit)
{
	static const char *names[] = {"ACCESS", "MODIFY", "ATTRIB", "CLOSE_WRITE", "CLOSE_NOWRITE", "OPEN", "MOVED_FROM", "MOVED_TO",
				      "CREATE", "DELETE", "DELETE_SELF", "MOVE_SELF"};
	int i;

	for (i = 0; i < 12; i++) {
		if (bit == 1u << i)
			return names[i];
	}
	return bit == IN_IGNORED ? "IGNORED" : "?";
}

static void show(const char *what)
{
	char buffer[4096] __attribute__((aligned(8))), *p;
	ssize_t n = read(watcher, buffer, sizeof buffer);
	unsigned int cookie = 0;
	int is_pair = 0;

	printf("%s:", what);
	for (p = buffer; n > 0 && p < buffer + n;) {
		struct inotify_event *event = (struct inotify_event *)p;
		printf("%s %s %s%s", p == buffer ? "" : ",", name_of(event->mask & ~IN_ISDIR), event->len ? event->name : "-",
		       event->mask & IN_ISDIR ? "/" : "");
		is_pair |= cookie != 0 && cookie == event->cookie;
		cookie = event->cookie;
		p += sizeof *event + event->len;
	}
	printf("%s\n", is_pair && strcmp(what, "rename") == 0 ? " (one cookie)" : "");
}

static const char *why(int result)
{
	if (result >= 0)
		return "?";
	return errno == EINVAL ? "EINVAL" : errno == ENOENT ? "ENOENT" : errno == ENOTDIR ? "ENOTDIR" : strerror(errno);
}

int main(void)
{
	char byte[8];
	int fd, directory, waiting;
	struct pollfd poller;
	DIR *list;

	mkdir("d", 0755);
	mkdir("e", 0755);
	watcher = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	directory = inotify_add_watch(watcher, "d", IN_ALL_EVENTS);
	fd = open("d/a", O_CREAT | O_RDWR, 0644);
	show("create");
	write(fd, "12", 2);
	write(fd, "34", 2);
	show("two writes");
	pread(fd, byte, 2, 0);
	show("read");
	close(fd);
	show("close");
	close(open("d/a", O_RDONLY | O_TRUNC));
	show("truncating open");
	chmod("d/a", 0600);
	show("attributes");
	link("d/a", "d/b");
	show("link");
	rename("d/b", "d/c");
	show("rename");
	rename("d/c", "e/c");
	rename("e/c", "d/c");
	show("move away and back");
	mkdir("d/sub", 0755);
	rmdir("d/sub");
	show("subdirectory");
	inotify_add_watch(watcher, "d/a", IN_ALL_EVENTS);
	close(open("d/a", O_RDONLY));
	show("file and directory");
	unlink("d/a");
	show("one of two names");
	unlink("d/c");
	show("the last name");
	list = opendir("d");
	readdir(list);
	closedir(list);
	show("list");
	inotify_rm_watch(watcher, directory);
	show("forgotten");
	inotify_add_watch(watcher, "d", IN_CREATE | IN_ONESHOT);
	close(creat("d/x", 0600));
	unlink("d/x");
	show("one shot");
	inotify_add_watch(watcher, "d", IN_MOVE_SELF | IN_DELETE_SELF);
	rename("d", "f");
	show("moved itself");
	rmdir("f");
	show("removed");
	close(creat("e/file", 0600));
	printf("refused: %s", why(inotify_add_watch(watcher, "e", 0)));
	printf(" %s", why(inotify_add_watch(0, "e", IN_CREATE)));
	printf(" %s", why(inotify_rm_watch(watcher, 99)));
	printf(" %s", why(inotify_add_watch(watcher, "none", IN_CREATE)));
	printf(" %s\n", why(inotify_add_watch(watcher, "e/file", IN_OPEN | IN_ONLYDIR)));
	fd = open("e/file", O_RDWR);
	inotify_add_watch(watcher, "e/file", IN_ALL_EVENTS);
	unlink("e/file");
	show("open file without a name");
	close(fd);
	show("its last close");
	fcntl(watcher, F_SETFL, 0);
	inotify_add_watch(watcher, "e", IN_ALL_EVENTS);
	fflush(stdout);
	if (fork() == 0) {
		usleep(20000);
		close(creat("e/late", 0600));
		_exit(0);
	}
	poller.fd = watcher;
	poller.events = POLLIN;
	poll(&poller, 1, -1);
	wait(NULL);
	show("a reader waits");
	unlink("e/late");
	printf("small buffer: %s", why((int)read(watcher, byte, sizeof byte)));
	ioctl(watcher, FIONREAD, &waiting);
	printf(", %d bytes wait, poll %d\n", waiting, poll(&poller, 1, 0));
	return 0;
}
