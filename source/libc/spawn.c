/* posix_spawn(3): fork, what the attributes and file actions ask for, exec. The child tells of a failure through a pipe that
   a successful exec closes. */
#include "internal.h"
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum action_kind { DO_OPEN, DO_CLOSE, DO_DUP2, DO_CHDIR };

struct __spawn_action {
	enum action_kind kind;
	int fd;
	int to;
	int flags;
	mode_t mode;
	char *path;
};

int posix_spawnattr_init(posix_spawnattr_t *attr)
{
	memset(attr, 0, sizeof *attr);
	return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attr)
{
	(void)attr;
	return 0;
}

int posix_spawnattr_setflags(posix_spawnattr_t *attr, short flags)
{
	if (flags & ~0xff)
		return EINVAL;
	attr->__flags = flags;
	return 0;
}

int posix_spawnattr_getflags(const posix_spawnattr_t *restrict attr, short *restrict flags)
{
	*flags = attr->__flags;
	return 0;
}

int posix_spawnattr_setpgroup(posix_spawnattr_t *attr, pid_t group)
{
	attr->__group = group;
	return 0;
}

int posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict attr, pid_t *restrict group)
{
	*group = attr->__group;
	return 0;
}

int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict attr, const sigset_t *restrict mask)
{
	attr->__mask = *mask;
	return 0;
}

int posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict attr, sigset_t *restrict mask)
{
	*mask = attr->__mask;
	return 0;
}

int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict attr, const sigset_t *restrict set)
{
	attr->__default = *set;
	return 0;
}

int posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict attr, sigset_t *restrict set)
{
	*set = attr->__default;
	return 0;
}

int posix_spawnattr_setschedparam(posix_spawnattr_t *restrict attr, const struct sched_param *restrict param)
{
	attr->__param = *param;
	return 0;
}

int posix_spawnattr_setschedpolicy(posix_spawnattr_t *attr, int policy)
{
	attr->__policy = policy;
	return 0;
}

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
	memset(actions, 0, sizeof *actions);
	return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
	int i;

	for (i = 0; i < actions->__count; i++)
		free(actions->__actions[i].path);
	free(actions->__actions);
	return posix_spawn_file_actions_init(actions);
}

static int add(posix_spawn_file_actions_t *actions, struct __spawn_action action, const char *path)
{
	if (action.fd < 0 || action.to < 0)
		return EBADF;
	if (actions->__count == actions->__room) {
		int room = actions->__room * 2 + 4;
		struct __spawn_action *more = realloc(actions->__actions, (size_t)room * sizeof *more);
		if (!more)
			return ENOMEM;
		actions->__actions = more;
		actions->__room = room;
	}
	if (path && !(action.path = strdup(path)))
		return ENOMEM;
	actions->__actions[actions->__count++] = action;
	return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path, int flags, mode_t mode)
{
	struct __spawn_action action = { DO_OPEN, fd, 0, flags, mode, NULL };

	return add(actions, action, path);
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
	struct __spawn_action action = { DO_CLOSE, fd, 0, 0, 0, NULL };

	return add(actions, action, NULL);
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int to)
{
	struct __spawn_action action = { DO_DUP2, fd, to, 0, 0, NULL };

	return add(actions, action, NULL);
}

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *restrict actions, const char *restrict path)
{
	struct __spawn_action action = { DO_CHDIR, 0, 0, 0, 0, NULL };

	return add(actions, action, path);
}

/* ---- In the child; each returns 0 or -1 with errno ---- */

static int apply_attributes(const posix_spawnattr_t *attr)
{
	int signal;

	if (attr->__flags & POSIX_SPAWN_SETSIGDEF) {
		for (signal = 1; signal < NSIG; signal++) {
			struct sigaction action = { 0 };
			if (sigismember(&attr->__default, signal) == 1 && signal != SIGKILL && signal != SIGSTOP)
				sigaction(signal, &action, NULL);
		}
	}
	if (attr->__flags & POSIX_SPAWN_SETSID && setsid() < 0)
		return -1;
	if (attr->__flags & POSIX_SPAWN_SETPGROUP && setpgid(0, attr->__group) < 0)
		return -1;
	if (attr->__flags & POSIX_SPAWN_SETSCHEDULER && sched_setscheduler(0, attr->__policy, &attr->__param) < 0)
		return -1;
	if (attr->__flags & POSIX_SPAWN_SETSIGMASK)
		return sigprocmask(SIG_SETMASK, &attr->__mask, NULL);
	return 0;
}

static int do_action(const struct __spawn_action *action)
{
	int fd;

	switch (action->kind) {
	case DO_OPEN:
		fd = open(action->path, action->flags, action->mode);
		if (fd < 0 || fd == action->fd)
			return fd;
		if (dup2(fd, action->fd) < 0)
			return -1;
		return close(fd);
	case DO_CLOSE:
		close(action->fd);
		return 0;
	case DO_DUP2:
		if (action->fd == action->to)
			return fcntl(action->fd, F_SETFD, 0);
		return dup2(action->fd, action->to);
	case DO_CHDIR:
		return chdir(action->path);
	}
	return 0;
}

static void run_child(int report, int searches, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
	int i, is_ready = !attr || apply_attributes(attr) == 0;

	for (i = 0; is_ready && actions && i < actions->__count; i++)
		is_ready = do_action(&actions->__actions[i]) >= 0;
	if (is_ready) {
		if (searches)
			execvpe(file, argv, envp);
		else
			execve(file, argv, envp);
	}
	write(report, &errno, sizeof errno);
	_exit(127);
}

static int spawn(int searches, pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
	int report[2], problem = 0;
	unsigned long mask;
	pid_t child;

	if (pipe2(report, O_CLOEXEC) < 0)
		return errno;
	mask = __block_all_signals();
	child = fork();
	if (child == 0) {
		__restore_signals(mask);
		run_child(report[1], searches, file, actions, attr, argv, envp);
	}
	if (child < 0)
		problem = errno;
	close(report[1]);
	if (child > 0 && read(report[0], &problem, sizeof problem) == sizeof problem)
		waitpid(child, NULL, 0);
	close(report[0]);
	__restore_signals(mask);
	if (problem == 0 && pid)
		*pid = child;
	return problem;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attr, char *const argv[], char *const envp[])
{
	return spawn(0, pid, path, actions, attr, argv, envp);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attr, char *const argv[], char *const envp[])
{
	return spawn(1, pid, file, actions, attr, argv, envp);
}
