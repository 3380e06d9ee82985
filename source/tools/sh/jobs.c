/* Jobs: the processes of a pipeline, in the foreground or not; wait, jobs, fg and bg. There is no terminal that stops a
   job's output, so jobs share the shell's process group. */
#include "sh.h"
#include "../shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t last_background;
static struct job *jobs; /* In order of their numbers. */

struct job *create_job(int count, const char *text, int is_background)
{
	struct job *job = calloc(1, sizeof *job), **place = &jobs;

	job->pids = calloc((size_t)count, sizeof *job->pids);
	job->statuses = calloc((size_t)count, sizeof *job->statuses);
	job->text = strdup(text ? text : "");
	job->is_background = is_background;
	job->number = 1;
	while (*place && (*place)->number == job->number) {
		place = &(*place)->next;
		job->number++;
	}
	job->next = *place;
	*place = job;
	return job;
}

static void remove_job(struct job *job)
{
	struct job **place = &jobs;

	while (*place && *place != job)
		place = &(*place)->next;
	if (*place)
		*place = job->next;
	free(job->pids);
	free(job->statuses);
	free(job->text);
	free(job);
}

void forget_jobs(void)
{
	while (jobs)
		remove_job(jobs);
}

pid_t fork_for(struct job *job)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		fail(2, "Cannot fork");
	if (pid > 0) {
		job->pids[job->count] = pid;
		job->statuses[job->count++] = -1;
		return pid;
	}
	in_subshell = 1;
	if (job->is_background && !is_interactive) {
		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
	}
	reset_traps();
	is_interactive = 0;
	loop_depth = 0;
	forget_jobs();
	return 0;
}

static int is_done(const struct job *job)
{
	int i;

	for (i = 0; i < job->count; i++) {
		if (job->statuses[i] == -1)
			return 0;
	}
	return 1;
}

static int status_of(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : 128 + WSTOPSIG(status);
}

static int job_status(const struct job *job)
{
	return job->count > 0 ? status_of(job->statuses[job->count - 1]) : 0;
}

/* What killed a process in the foreground is said, unless that is usual. */
static void report_death(int status)
{
	if (!WIFSIGNALED(status) || WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGPIPE)
		return;
	fflush(stdout);
	fprintf(stderr, "%s%s\n", strsignal(WTERMSIG(status)), WCOREDUMP(status) ? " (core dumped)" : "");
}

static void note(pid_t pid, int status, const struct job *foreground)
{
	struct job *job;
	int i;

	for (job = jobs; job; job = job->next) {
		for (i = 0; i < job->count; i++) {
			if (job->pids[i] != pid || job->statuses[i] != -1)
				continue;
			job->is_stopped = WIFSTOPPED(status);
			if (job->is_stopped)
				return;
			job->statuses[i] = status;
			if (job == foreground)
				report_death(status);
			return;
		}
	}
}

/* Waits for any child: -1 if there is none, 0 if a signal came instead. */
static int wait_for_any(const struct job *foreground, int options)
{
	int status;
	pid_t pid = waitpid(-1, &status, options | (is_interactive ? WUNTRACED : 0));

	if (pid > 0)
		note(pid, status, foreground);
	if (pid < 0)
		return errno == EINTR ? 0 : -1;
	return pid > 0;
}

int wait_for_job(struct job *job)
{
	int status, i;

	while (!is_done(job) && !job->is_stopped) {
		if (wait_for_any(job, 0) >= 0)
			continue;
		for (i = 0; i < job->count; i++) { /* Somebody else has taken its report. */
			if (job->statuses[i] == -1)
				job->statuses[i] = 127 << 8;
		}
	}
	if (job->is_stopped) {
		job->is_background = 1;
		fprintf(stderr, "\n[%d] + Stopped                    %s\n", job->number, job->text);
		return 128 + SIGTSTP;
	}
	status = job_status(job);
	if (is_interactive && job->count > 0 && WIFSIGNALED(job->statuses[job->count - 1]) &&
	    WTERMSIG(job->statuses[job->count - 1]) == SIGINT)
		fputc('\n', stderr);
	remove_job(job);
	return status;
}

static struct job *newest_job(void)
{
	struct job *job, *found = NULL;

	for (job = jobs; job; job = job->next) {
		if (job->is_background)
			found = job;
	}
	return found;
}

/* "%2", "%%", "%+", "%name" or a pid. */
static struct job *find_job(const char *name)
{
	struct job *job;
	int i;

	if (name[0] == '%' && (!name[1] || strchr("%+", name[1])))
		return newest_job();
	for (job = jobs; job; job = job->next) {
		if (name[0] != '%') {
			for (i = 0; i < job->count; i++) {
				if (job->pids[i] == atoi(name))
					return job;
			}
		} else if (isdigit((unsigned char)name[1]) ? job->number == atoi(name + 1)
		                                           : strncmp(job->text, name + 1, strlen(name + 1)) == 0) {
			return job;
		}
	}
	return NULL;
}

pid_t job_pid(const char *name)
{
	struct job *job = find_job(name);

	return job ? job->pids[0] : 0;
}

/* Waits for one background job: its status, or 128 + the signal that came before. */
static int wait_for_background(struct job *job)
{
	int status;

	while (!is_done(job)) {
		int result = wait_for_any(NULL, 0);
		if (result == 0 && has_pending_trap())
			return 128 + has_pending_trap();
		if (result < 0)
			break;
	}
	status = is_done(job) ? job_status(job) : 127;
	remove_job(job);
	return status;
}

int wait_command(int argc, char **argv)
{
	int status = 0, i;
	struct job *job;

	for (i = 1; i < argc; i++) {
		if (argv[i][0] != '%' && strspn(argv[i], "0123456789") != strlen(argv[i]))
			fail(2, "wait: Illegal number: %s", argv[i]);
		job = find_job(argv[i]);
		status = job ? wait_for_background(job) : 127;
	}
	while (argc == 1 && (job = newest_job()) != NULL) {
		status = wait_for_background(job);
		if (has_pending_trap())
			return status;
		status = 0;
	}
	return status;
}

static void print_job(const struct job *job, FILE *file)
{
	char state[48] = "Running";
	int last = job->count > 0 ? job->statuses[job->count - 1] : 0;

	if (job->is_stopped)
		strcpy(state, "Stopped");
	else if (is_done(job) && WIFSIGNALED(last))
		snprintf(state, sizeof state, "%s", strsignal(WTERMSIG(last)));
	else if (is_done(job) && WEXITSTATUS(last) != 0)
		snprintf(state, sizeof state, "Done(%d)", WEXITSTATUS(last));
	else if (is_done(job))
		strcpy(state, "Done");
	fprintf(file, "[%d] %c %-26s %s\n", job->number, job == newest_job() ? '+' : job->next && job->next == newest_job() ? '-' : ' ',
	        state, job->text);
}

int jobs_command(int argc, char **argv)
{
	struct job *job, *next;
	int only_pids = argc > 1 && strcmp(argv[1], "-p") == 0;

	while (wait_for_any(NULL, WNOHANG) > 0)
		;
	for (job = jobs; job; job = next) {
		next = job->next;
		if (!job->is_background)
			continue;
		if (only_pids)
			printf("%d\n", (int)job->pids[0]);
		else
			print_job(job, stdout);
		if (is_done(job))
			remove_job(job);
	}
	return 0;
}

/* Before a prompt. */
void report_finished_jobs(void)
{
	struct job *job, *next;

	while (wait_for_any(NULL, WNOHANG) > 0)
		;
	for (job = jobs; job; job = next) {
		next = job->next;
		if (!is_done(job))
			continue;
		if (job->is_background)
			print_job(job, stderr);
		remove_job(job);
	}
}

/* fg and bg */
int resume_command(int argc, char **argv)
{
	struct job *job = argc > 1 ? find_job(argv[1]) : newest_job();
	int i;

	if (!job) {
		warn(argc > 1 ? "%s: No such job: %s" : "%s: No current job", argv[0], argv[1]);
		return 2;
	}
	printf("%s%s\n", argv[0][0] == 'b' ? "[1] " : "", job->text);
	fflush(stdout);
	job->is_stopped = 0;
	for (i = 0; i < job->count; i++) {
		if (job->statuses[i] == -1)
			kill(job->pids[i], SIGCONT);
	}
	if (argv[0][0] == 'b')
		return 0;
	job->is_background = 0;
	return wait_for_job(job);
}
