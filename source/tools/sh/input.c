/* The text that the shell reads: a string, or a descriptor line by line. Of a descriptor nothing is read beyond the line,
   because the commands read from it too. */
#include "sh.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct input *input;
int is_interactive, wants_more;

void push_text(struct input *new_input, const char *text, size_t length, int line)
{
	new_input->text = arena_copy(text, length);
	new_input->length = length;
	new_input->at = 0;
	new_input->fd = -1;
	new_input->is_end = 0;
	new_input->line = line;
	new_input->outer = input;
	input = new_input;
}

void push_descriptor(struct input *new_input, int fd)
{
	memset(new_input, 0, sizeof *new_input);
	new_input->fd = fd;
	new_input->line = 1;
	new_input->outer = input;
	input = new_input;
}

void pop_input(void)
{
	input = input->outer;
}

void forget_read_text(void)
{
	if (input->fd < 0 || input->at == 0)
		return;
	input->length -= input->at;
	memmove(input->text, input->text + input->at, input->length);
	input->at = 0;
}

static void prompt(void)
{
	const char *text = get_variable(wants_more ? "PS2" : "PS1");

	if (!wants_more)
		report_finished_jobs();
	fputs(text ? text : wants_more ? "> " : "$ ", stderr);
	fflush(stderr);
}

static void read_line(void)
{
	int c = 0;

	if (is_interactive)
		prompt();
	while (c != '\n') {
		char byte;
		ssize_t n = read(input->fd, &byte, 1);
		if (n < 0 && errno == EINTR) {
			run_traps();
			if (!was_interrupted)
				continue;
			was_interrupted = 0;
			fail(130, "\n");
		}
		if (n <= 0) {
			input->is_end = 1;
			return;
		}
		c = byte;
		if (input->length % 256 == 0)
			input->text = realloc(input->text, input->length + 256);
		input->text[input->length++] = byte;
	}
}

int peek(size_t offset)
{
	while (input->at + offset >= input->length) {
		if (input->fd < 0 || input->is_end)
			return -1;
		read_line();
	}
	return (unsigned char)input->text[input->at + offset];
}

void advance(size_t count)
{
	while (count-- > 0) {
		if (peek(0) == '\n')
			input->line++;
		input->at++;
	}
}
