// Streams over files: append, seek, lines, formatted reading.
// expect: 1 one|2 two|3 three|
// expect: at 6 of 20
// expect: read 3 three
// expect: eof 1 error 0
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char line[32];
	int number;
	FILE *file = fopen("lines.txt", "w");

	fprintf(file, "%d %s\n%d %s\n", 1, "one", 2, "two");
	fclose(file);
	file = fopen("lines.txt", "a+");
	fputs("3 three\n", file);
	rewind(file);
	while (fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '|';
		fputs(line, stdout);
	}
	printf("\n");
	fseek(file, 6, SEEK_SET);
	long at = ftell(file);
	fseek(file, 0, SEEK_END);
	printf("at %ld of %ld\n", at, ftell(file));
	fseek(file, 12, SEEK_SET);
	if (fscanf(file, "%d %31s", &number, line) == 2)
		printf("read %d %s\n", number, line);
	while (getc(file) != EOF)
		;
	printf("eof %d error %d\n", feof(file) != 0, ferror(file) != 0);
	fclose(file);
	unlink("lines.txt");
	return 0;
}
