// A write lock keeps another process out until it is released; flock belongs to the open file description.
// expect: locked out 1
// expect: child got it after the parent
// expect: flock busy 1, free 1
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10};
	int fd = open("lock.txt", O_RDWR | O_CREAT, 0644), status;

	fcntl(fd, F_SETLK, &lock);
	if (fork() == 0) {
		int refused = fcntl(fd, F_SETLK, &lock) == -1 && (errno == EAGAIN || errno == EACCES);
		printf("locked out %d\n", refused);
		fflush(stdout);
		fcntl(fd, F_SETLKW, &lock);
		printf("child got it after the parent\n");
		exit(0);
	}
	usleep(20000);
	lock.l_type = F_UNLCK;
	fcntl(fd, F_SETLK, &lock);
	wait(&status);
	int other = open("lock.txt", O_RDWR);
	flock(fd, LOCK_EX);
	int busy = flock(other, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK;
	flock(fd, LOCK_UN);
	printf("flock busy %d, free %d\n", busy, flock(other, LOCK_EX | LOCK_NB) == 0);
	unlink("lock.txt");
	return 0;
}
