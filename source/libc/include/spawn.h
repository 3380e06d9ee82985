#ifndef _SPAWN_H
#define _SPAWN_H

#include <sched.h>
#include <signal.h>
#include <sys/types.h>

#define POSIX_SPAWN_RESETIDS 0x01
#define POSIX_SPAWN_SETPGROUP 0x02
#define POSIX_SPAWN_SETSIGDEF 0x04
#define POSIX_SPAWN_SETSIGMASK 0x08
#define POSIX_SPAWN_SETSCHEDPARAM 0x10
#define POSIX_SPAWN_SETSCHEDULER 0x20
#define POSIX_SPAWN_SETSID 0x80

typedef struct {
	short __flags;
	pid_t __group;
	sigset_t __default;
	sigset_t __mask;
	struct sched_param __param;
	int __policy;
} posix_spawnattr_t;

typedef struct {
	int __room;
	int __count;
	struct __spawn_action *__actions;
} posix_spawn_file_actions_t;

extern int posix_spawn(pid_t *__restrict __pid, const char *__restrict __path, const posix_spawn_file_actions_t *__actions, const posix_spawnattr_t *__restrict __attr, char *const __argv[], char *const __envp[]);
extern int posix_spawnp(pid_t *__restrict __pid, const char *__restrict __file, const posix_spawn_file_actions_t *__actions, const posix_spawnattr_t *__restrict __attr, char *const __argv[], char *const __envp[]);
extern int posix_spawnattr_init(posix_spawnattr_t *__attr);
extern int posix_spawnattr_destroy(posix_spawnattr_t *__attr);
extern int posix_spawnattr_setflags(posix_spawnattr_t *__attr, short __flags);
extern int posix_spawnattr_getflags(const posix_spawnattr_t *__restrict __attr, short *__restrict __flags);
extern int posix_spawnattr_setpgroup(posix_spawnattr_t *__attr, pid_t __group);
extern int posix_spawnattr_getpgroup(const posix_spawnattr_t *__restrict __attr, pid_t *__restrict __group);
extern int posix_spawnattr_setsigmask(posix_spawnattr_t *__restrict __attr, const sigset_t *__restrict __mask);
extern int posix_spawnattr_getsigmask(const posix_spawnattr_t *__restrict __attr, sigset_t *__restrict __mask);
extern int posix_spawnattr_setsigdefault(posix_spawnattr_t *__restrict __attr, const sigset_t *__restrict __set);
extern int posix_spawnattr_getsigdefault(const posix_spawnattr_t *__restrict __attr, sigset_t *__restrict __set);
extern int posix_spawnattr_setschedparam(posix_spawnattr_t *__restrict __attr, const struct sched_param *__restrict __param);
extern int posix_spawnattr_setschedpolicy(posix_spawnattr_t *__attr, int __policy);
extern int posix_spawn_file_actions_init(posix_spawn_file_actions_t *__actions);
extern int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *__actions);
extern int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *__restrict __actions, int __fd, const char *__restrict __path, int __flags, mode_t __mode);
extern int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *__actions, int __fd);
extern int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *__actions, int __fd, int __new);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *__restrict __actions, const char *__restrict __path);

#endif
