// splice(2) between a file and pipes, tee(2) without taking, vmsplice(2), copy_file_range(2), and what they refuse.
// expect: file to pipe: 12, offset 12
// expect: teed: 12
// expect: first pipe still has: hello splice
// expect: pipe to file: 5, then 7
// expect: second file: hello splice
// expect: end of file: 0
// expect: empty: EAGAIN
// expect: no pipe: EINVAL, same pipe: EINVAL, offset of a pipe: ESPIPE
// expect: vmsplice: 9, read: one two 3
// expect: copied: 6, offset 12: splice
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *name(long result)
{
	return result >= 0 ? "no error" : errno == EAGAIN ? "EAGAIN" : errno == EINVAL ? "EINVAL" : errno == ESPIPE ? "ESPIPE" : "other";
}

int main(void)
{
	struct iovec vector[2] = {{"one two", 7}, {" 3", 2}};
	int a[2], b[2], file, other;
	char buffer[64] = "";
	loff_t offset = 0;
	long n, m;
	const char *first, *second;

	if (pipe(a) < 0 || pipe(b) < 0)
		return 1;
	file = open("spliced.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
	other = open("other.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (write(file, "hello splice", 12) != 12)
		return 1;
	n = splice(file, &offset, a[1], NULL, 100, 0);
	printf("file to pipe: %ld, offset %ld\n", n, (long)offset);
	printf("teed: %ld\n", (long)tee(a[0], b[1], 100, 0));
	n = read(a[0], buffer, sizeof buffer);
	printf("first pipe still has: %.*s\n", (int)n, buffer);
	n = splice(b[0], NULL, other, NULL, 5, 0);
	m = splice(b[0], NULL, other, NULL, 100, SPLICE_F_MOVE);
	printf("pipe to file: %ld, then %ld\n", n, m);
	n = pread(other, buffer, sizeof buffer, 0);
	printf("second file: %.*s\n", (int)n, buffer);
	printf("end of file: %ld\n", (long)splice(file, NULL, a[1], NULL, 100, 0));
	printf("empty: %s\n", name(splice(a[0], NULL, other, NULL, 10, SPLICE_F_NONBLOCK)));
	first = name(splice(file, NULL, other, NULL, 10, 0));
	second = name(tee(a[0], a[1], 10, 0));
	printf("no pipe: %s, same pipe: %s, offset of a pipe: %s\n", first, second, name(splice(file, NULL, a[1], &offset, 10, 0)));
	n = vmsplice(a[1], vector, 2, 0);
	m = read(a[0], buffer, sizeof buffer);
	printf("vmsplice: %ld, read: %.*s\n", n, (int)m, buffer);
	offset = 6;
	lseek(other, 0, SEEK_SET);
	n = copy_file_range(file, &offset, other, NULL, 100, 0);
	m = pread(other, buffer, (size_t)n, 0);
	printf("copied: %ld, offset %ld: %.*s\n", n, (long)offset, (int)m, buffer);
	return 0;
}
