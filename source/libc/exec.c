/* exec(3), system(3) and popen(3). */
#include "internal.h"
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int execve(const char *path, char *const argv[], char *const envp[])
{
	return (int)__SYSCALL3(execve, path, argv, envp);
}

int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

int fexecve(int fd, char *const argv[], char *const envp[])
{
	return (int)__SYSCALL5(execveat, fd, "", argv, envp, AT_EMPTY_PATH);
}

/* A file that is no program is given to the shell, as the shell itself would do. */
static void execute(const char *path, char *const argv[], char *const envp[])
{
	execve(path, argv, envp);
	if (errno == ENOEXEC) {
		int count = 0;
		while (argv[count])
			count++;
		{
			char *shell_argv[count + 2];
			shell_argv[0] = "/bin/sh";
			shell_argv[1] = (char *)path;
			memcpy(shell_argv + 2, argv + 1, (size_t)(count > 0 ? count : 1) * sizeof(char *));
			execve("/bin/sh", shell_argv, envp);
		}
	}
}

int execvpe(const char *file, char *const argv[], char *const envp[])
{
	const char *path = getenv("PATH"), *end;
	char name[PATH_MAX];
	int was_denied = 0;
	size_t length = strlen(file);

	if (!*file) {
		errno = ENOENT;
		return -1;
	}
	if (strchr(file, '/')) {
		execute(file, argv, envp);
		return -1;
	}
	if (!path)
		path = "/bin:/usr/bin";
	for (;; path = end + 1) {
		size_t n;
		end = strchrnul(path, ':');
		n = (size_t)(end - path);
		if (n + length + 2 <= sizeof name) {
			memcpy(name, path, n);
			if (n > 0)
				name[n++] = '/';
			strcpy(name + n, file);
			execute(name, argv, envp);
			if (errno == EACCES)
				was_denied = 1;
			else if (errno != ENOENT && errno != ENOTDIR && errno != ESTALE && errno != ENODEV && errno != ETIMEDOUT)
				return -1;
		}
		if (!*end)
			break;
	}
	errno = was_denied ? EACCES : ENOENT;
	return -1;
}

int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

static int count_arguments(va_list args)
{
	int count = 0;

	while (va_arg(args, char *))
		count++;
	return count;
}

static void collect_arguments(char **argv, const char *first, va_list args)
{
	int i = 0;

	argv[0] = (char *)first;
	while (argv[i])
		argv[++i] = va_arg(args, char *);
}

int execl(const char *path, const char *arg, ...)
{
	va_list args;
	int count;

	va_start(args, arg);
	count = arg ? count_arguments(args) : 0;
	va_end(args);
	{
		char *argv[count + 2];
		va_start(args, arg);
		collect_arguments(argv, arg, args);
		va_end(args);
		return execve(path, argv, environ);
	}
}

int execlp(const char *file, const char *arg, ...)
{
	va_list args;
	int count;

	va_start(args, arg);
	count = arg ? count_arguments(args) : 0;
	va_end(args);
	{
		char *argv[count + 2];
		va_start(args, arg);
		collect_arguments(argv, arg, args);
		va_end(args);
		return execvpe(file, argv, environ);
	}
}

int execle(const char *path, const char *arg, ...)
{
	va_list args;
	int count, i;

	va_start(args, arg);
	count = arg ? count_arguments(args) : 0;
	va_end(args);
	{
		char *argv[count + 2], **envp;
		va_start(args, arg);
		argv[0] = (char *)arg;
		for (i = 0; argv[i];)
			argv[++i] = va_arg(args, char *);
		envp = va_arg(args, char **);
		va_end(args);
		return execve(path, argv, envp);
	}
}

int system(const char *command)
{
	struct sigaction ignore, old_int, old_quit;
	sigset_t chld, old_mask;
	int status = -1;
	pid_t pid;

	if (!command)
		return access("/bin/sh", X_OK) == 0;
	memset(&ignore, 0, sizeof ignore);
	ignore.sa_handler = SIG_IGN;
	sigaction(SIGINT, &ignore, &old_int);
	sigaction(SIGQUIT, &ignore, &old_quit);
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	sigprocmask(SIG_BLOCK, &chld, &old_mask);
	pid = (pid_t)__syscall_return(__syscall(SYS_fork));
	if (pid == 0) {
		sigaction(SIGINT, &old_int, NULL);
		sigaction(SIGQUIT, &old_quit, NULL);
		sigprocmask(SIG_SETMASK, &old_mask, NULL);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid > 0) {
		while (waitpid(pid, &status, 0) < 0) {
			if (errno != EINTR) {
				status = -1;
				break;
			}
		}
	}
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGQUIT, &old_quit, NULL);
	sigprocmask(SIG_SETMASK, &old_mask, NULL);
	return status;
}

FILE *popen(const char *command, const char *mode)
{
	int reads = strchr(mode, 'r') != NULL, fds[2];
	FILE *f;
	pid_t pid;

	if (reads == (strchr(mode, 'w') != NULL)) {
		errno = EINVAL;
		return NULL;
	}
	if (pipe2(fds, O_CLOEXEC) < 0)
		return NULL;
	f = __new_file(fds[!reads], reads ? __F_NO_WRITE : __F_NO_READ);
	pid = f ? (pid_t)__syscall_return(__syscall(SYS_fork)) : -1;
	if (pid < 0) {
		close(fds[reads]);
		if (f)
			fclose(f);
		else
			close(fds[!reads]);
		return NULL;
	}
	if (pid == 0) {
		if (fds[reads] == reads)
			fcntl(reads, F_SETFD, 0);
		else
			dup2(fds[reads], reads);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	close(fds[reads]);
	if (!strchr(mode, 'e'))
		fcntl(f->fd, F_SETFD, 0);
	f->pid = pid;
	return f;
}

int pclose(FILE *f)
{
	pid_t pid = f->pid;
	int status;

	if (pid <= 0) {
		errno = EINVAL;
		return -1;
	}
	f->pid = 0;
	fclose(f);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return status;
}
