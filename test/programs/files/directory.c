// mkdir, rename, stat, opendir, unlink, rmdir, and their errors.
// expect: 3 entries: .:..:b.txt:
// expect: 5 1 regular
// expect: Directory not empty
// expect: No such file or directory
// expect: File exists
// expect: gone 1
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(void)
{
	char *names[8];
	int count = 0;
	struct stat info;

	if (mkdir("box", 0755) == -1)
		return 1;
	FILE *file = fopen("box/a.txt", "w");
	fputs("hello", file);
	fclose(file);
	rename("box/a.txt", "box/b.txt");
	DIR *directory = opendir("box");
	for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
		names[count++] = strdup(entry->d_name);
	closedir(directory);
	qsort(names, count, sizeof names[0], by_name);
	printf("%d entries: ", count);
	for (int i = 0; i < count; i++)
		printf("%s:", names[i]);
	printf("\n");
	stat("box/b.txt", &info);
	printf("%ld %ld %s\n", (long)info.st_size, (long)info.st_nlink, S_ISREG(info.st_mode) ? "regular" : "?");
	if (rmdir("box") == -1)
		printf("%s\n", strerror(errno));
	if (open("box/a.txt", O_RDONLY) == -1)
		printf("%s\n", strerror(errno));
	if (open("box/b.txt", O_CREAT | O_EXCL | O_WRONLY, 0644) == -1)
		printf("%s\n", strerror(errno));
	unlink("box/b.txt");
	rmdir("box");
	printf("gone %d\n", access("box", F_OK) == -1);
	return 0;
}
