/* Redirections, POSIX 2.7. */
#include "sh.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Descriptors that are kept are moved to here. */
#define SAVED_FROM 10

static int open_file(const struct redirection *redirection, const char *name)
{
	static const int flags[] = {
		[TO_FILE] = O_WRONLY | O_CREAT | O_TRUNC, [APPEND] = O_WRONLY | O_CREAT | O_APPEND,
		[FROM_FILE] = O_RDONLY, [READ_WRITE] = O_RDWR | O_CREAT,
	};
	int fd;

	do {
		fd = open(name, flags[redirection->kind], 0666);
	} while (fd < 0 && errno == EINTR && !was_interrupted);
	if (fd < 0) {
		int creates = redirection->kind == TO_FILE || redirection->kind == APPEND;
		const char *reason = errno == ENOENT ? (creates ? "Directory nonexistent" : "No such file") : strerror(errno);
		warn("cannot %s %s: %s", creates ? "create" : "open", name, reason);
	}
	return fd;
}

/* A pipe with the text in it; a process of its own writes what does not fit. */
static int open_document(const struct redirection *redirection)
{
	struct expansion expansion = {NULL, NULL, 0, 0};
	const char *text = redirection->word;
	size_t length;
	int fds[2];

	if (!redirection->is_literal) {
		expand_here_document(&expansion, text);
		text = string_of(&expansion, 0);
	}
	length = strlen(text);
	if (pipe(fds) < 0) {
		warn("Pipe call failed");
		return -1;
	}
	if (length <= PIPE_BUF) {
		write(fds[1], text, length);
	} else if (fork() == 0) {
		close(fds[0]);
		while (length > 0) {
			ssize_t n = write(fds[1], text, length);
			if (n <= 0)
				break;
			text += n;
			length -= (size_t)n;
		}
		_exit(0);
	}
	close(fds[1]);
	return fds[0];
}

static void save(int fd, struct saved_descriptor **list)
{
	struct saved_descriptor *saved;

	for (saved = *list; saved; saved = saved->next) {
		if (saved->fd == fd)
			return;
	}
	saved = malloc(sizeof *saved);
	saved->fd = fd;
	saved->copy = fcntl(fd, F_DUPFD_CLOEXEC, SAVED_FROM);
	saved->next = *list;
	*list = saved;
}

static int duplicate(const struct redirection *redirection, const char *word)
{
	if (strcmp(word, "-") == 0) {
		close(redirection->fd);
		return 0;
	}
	if (!isdigit((unsigned char)*word) || strspn(word, "0123456789") != strlen(word)) {
		warn("%s: bad fd number", word);
		return -1;
	}
	if (atoi(word) == redirection->fd && fcntl(redirection->fd, F_GETFD) >= 0)
		return 0;
	if (dup2(atoi(word), redirection->fd) < 0) {
		warn("%s: %s", word, strerror(errno));
		return -1;
	}
	return 0;
}

int redirect(struct redirection *redirections, struct saved_descriptor **saved)
{
	for (; redirections; redirections = redirections->next) {
		const char *word = redirections->kind == HERE_DOCUMENT ? NULL : expand_to_string(redirections->word);
		int fd;
		if (saved)
			save(redirections->fd, saved);
		if (redirections->kind == DUPLICATE) {
			if (duplicate(redirections, word) < 0)
				return -1;
			continue;
		}
		fd = word ? open_file(redirections, word) : open_document(redirections);
		if (fd < 0)
			return -1;
		if (fd != redirections->fd) {
			dup2(fd, redirections->fd);
			close(fd);
		}
	}
	return 0;
}

void undo_redirections(struct saved_descriptor *saved)
{
	while (saved) {
		struct saved_descriptor *next = saved->next;
		if (saved->copy >= 0) {
			dup2(saved->copy, saved->fd);
			close(saved->copy);
		} else {
			close(saved->fd);
		}
		free(saved);
		saved = next;
	}
}
