/** Which header declares what, for "include '<stdio.h>' …" when a program forgot it. One table; names by header. */
const table: Readonly<Record<string, string>> = {
	'stdio.h':
		'printf fprintf sprintf snprintf vprintf vfprintf vsprintf vsnprintf dprintf scanf fscanf sscanf puts putchar fputs fputc putc getchar getc fgetc fgets gets getline getdelim fopen fdopen ' +
		'freopen fclose fflush fread fwrite fseek ftell rewind feof ferror clearerr fileno perror popen pclose remove rename setvbuf setbuf setlinebuf tmpfile ungetc stdin stdout stderr FILE EOF BUFSIZ SEEK_SET SEEK_CUR SEEK_END fprintf asprintf',
	'stdlib.h':
		'exit _Exit abort atexit malloc calloc realloc free atoi atol atoll atof strtol strtoul strtoll strtoull strtod rand srand random srandom getenv setenv unsetenv putenv system qsort bsearch abs labs div mkstemp realpath ' +
		'EXIT_SUCCESS EXIT_FAILURE RAND_MAX drand48 srand48 lrand48 rand_r posix_memalign aligned_alloc',
	'string.h':
		'memcpy memmove memset memcmp memchr strcpy strncpy strcat strncat strcmp strncmp strlen strnlen strchr strrchr strstr strtok strtok_r strdup strndup strerror strsignal strspn strcspn strpbrk strcoll strsep stpcpy memccpy strerror_r',
	'strings.h': 'bzero bcopy bcmp strcasecmp strncasecmp index rindex ffs',
	'unistd.h':
		'fork vfork pipe pipe2 read write pread pwrite close dup dup2 dup3 lseek unlink rmdir chdir getcwd access execl execlp execle execv execvp execve execvpe _exit getpid getppid getpgid setpgid getpgrp setpgrp setsid getsid getuid geteuid getgid getegid ' +
		'sleep usleep pause alarm isatty ftruncate truncate fsync fdatasync sysconf getopt optarg optind opterr optopt tcgetpgrp tcsetpgrp link symlink readlink gethostname nice sbrk brk ttyname environ lockf getpagesize syscall STDIN_FILENO STDOUT_FILENO STDERR_FILENO _SC_PAGESIZE _SC_NPROCESSORS_ONLN _SC_OPEN_MAX F_OK R_OK W_OK X_OK',
	'fcntl.h':
		'open openat creat fcntl posix_fadvise O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK O_CLOEXEC F_GETFL F_SETFL F_GETFD F_SETFD FD_CLOEXEC F_SETLK F_SETLKW F_GETLK F_RDLCK F_WRLCK F_UNLCK',
	'sys/wait.h':
		'wait waitpid waitid wait3 wait4 WIFEXITED WEXITSTATUS WIFSIGNALED WTERMSIG WIFSTOPPED WSTOPSIG WNOHANG WUNTRACED WCONTINUED WCOREDUMP WIFCONTINUED P_ALL P_PID WEXITED',
	'sys/types.h':
		'pid_t off_t mode_t uid_t gid_t ssize_t key_t dev_t ino_t u_int u_char u_short u_long uint ushort',
	'alloca.h': 'alloca',
	'stddef.h': 'NULL size_t ptrdiff_t offsetof wchar_t',
	'stdbool.h': 'bool true false',
	'stdint.h':
		'int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t INT32_MAX INT64_MAX UINT32_MAX UINT64_MAX UINT8_MAX UINT16_MAX SIZE_MAX intmax_t uintmax_t',
	'inttypes.h': 'PRIu64 PRId64 PRIx64 PRIu32 PRId32 strtoimax',
	'limits.h':
		'INT_MAX INT_MIN UINT_MAX LONG_MAX LONG_MIN ULONG_MAX CHAR_BIT PATH_MAX PIPE_BUF SHRT_MAX CHAR_MAX LLONG_MAX NAME_MAX',
	'stdarg.h': 'va_list va_start va_end va_arg va_copy',
	'assert.h': 'assert',
	'errno.h':
		'errno EINTR EAGAIN EPIPE ENOENT EEXIST ECHILD EINVAL EBADF EWOULDBLOCK ENOMEM EACCES EBUSY ETIMEDOUT ENXIO ESRCH EIDRM ENOMSG EDEADLK EPERM EINPROGRESS ECONNREFUSED',
	'ctype.h':
		'isalpha isdigit isalnum isspace isupper islower ispunct isprint isxdigit iscntrl isgraph toupper tolower',
	'math.h':
		'sqrt pow sin cos tan asin acos atan atan2 exp log log10 log2 floor ceil fabs fmod round trunc M_PI INFINITY NAN isnan isinf hypot cbrt lround copysign copysignf signbit isfinite isnormal fmin fmax fma exp2 expm1 log1p sinh cosh tanh rint nearbyint ldexp frexp modf HUGE_VAL sqrtf powf fabsf sinf cosf expf logf floorf ceilf',
	'time.h':
		'time clock difftime mktime localtime gmtime localtime_r gmtime_r asctime ctime strftime nanosleep clock_gettime clock_settime clock_getres clock_nanosleep timer_create timer_settime timer_delete time_t clock_t CLOCK_MONOTONIC CLOCK_REALTIME CLOCKS_PER_SEC',
	'sys/time.h': 'gettimeofday setitimer getitimer utimes ITIMER_REAL timersub timeradd',
	'signal.h':
		'signal kill raise sigaction sigprocmask sigemptyset sigfillset sigaddset sigdelset sigismember sigpending sigsuspend sigwait sigwaitinfo sigtimedwait sigqueue killpg psignal pthread_sigmask pthread_kill sigaltstack sigset_t siginfo_t sig_atomic_t ' +
		'SIGINT SIGTERM SIGKILL SIGCHLD SIGUSR1 SIGUSR2 SIGALRM SIGPIPE SIGHUP SIGQUIT SIGSTOP SIGCONT SIGTSTP SIGSEGV SIGABRT SIG_DFL SIG_IGN SIG_ERR SA_RESTART SA_SIGINFO SA_NOCLDWAIT SA_NOCLDSTOP SIG_BLOCK SIG_UNBLOCK SIG_SETMASK SIGIO SIGTTIN SIGTTOU SIGRTMIN',
	'pthread.h':
		'pthread_create pthread_join pthread_detach pthread_exit pthread_self pthread_equal pthread_cancel pthread_mutex_init pthread_mutex_lock pthread_mutex_trylock pthread_mutex_unlock pthread_mutex_destroy pthread_cond_init pthread_cond_wait pthread_cond_timedwait pthread_cond_signal ' +
		'pthread_cond_broadcast pthread_cond_destroy pthread_rwlock_init pthread_rwlock_rdlock pthread_rwlock_wrlock pthread_rwlock_unlock pthread_barrier_init pthread_barrier_wait pthread_once pthread_key_create pthread_setspecific pthread_getspecific pthread_spin_init pthread_spin_lock ' +
		'pthread_spin_unlock pthread_attr_init pthread_attr_destroy pthread_attr_setdetachstate pthread_mutexattr_init pthread_mutexattr_settype pthread_mutexattr_setpshared pthread_condattr_init pthread_condattr_setpshared pthread_t pthread_mutex_t pthread_cond_t pthread_attr_t pthread_rwlock_t pthread_barrier_t ' +
		'pthread_once_t pthread_key_t pthread_spinlock_t pthread_mutexattr_t pthread_condattr_t PTHREAD_MUTEX_INITIALIZER PTHREAD_COND_INITIALIZER PTHREAD_RWLOCK_INITIALIZER PTHREAD_ONCE_INIT PTHREAD_PROCESS_SHARED',
	'semaphore.h':
		'sem_init sem_destroy sem_open sem_close sem_unlink sem_wait sem_trywait sem_timedwait sem_post sem_getvalue sem_t SEM_FAILED',
	'sched.h':
		'sched_yield sched_setscheduler sched_getparam sched_setparam sched_setaffinity sched_getaffinity SCHED_OTHER SCHED_FIFO SCHED_RR cpu_set_t CPU_ZERO CPU_SET',
	'sys/mman.h':
		'mmap munmap mprotect msync shm_open shm_unlink PROT_READ PROT_WRITE MAP_SHARED MAP_PRIVATE MAP_ANONYMOUS MAP_ANON MAP_FAILED',
	'sys/ipc.h': 'ftok IPC_CREAT IPC_EXCL IPC_PRIVATE IPC_RMID IPC_STAT IPC_SET IPC_NOWAIT',
	'sys/shm.h': 'shmget shmat shmdt shmctl SHM_RDONLY',
	'sys/sem.h': 'semget semop semctl semtimedop SEM_UNDO SETVAL GETVAL SETALL GETALL',
	'sys/msg.h': 'msgget msgsnd msgrcv msgctl MSG_NOERROR',
	'mqueue.h':
		'mq_open mq_close mq_unlink mq_send mq_receive mq_timedsend mq_timedreceive mq_getattr mq_setattr mq_notify mqd_t',
	'sys/stat.h':
		'stat fstat lstat mkdir mkfifo mknod chmod fchmod umask S_ISREG S_ISDIR S_ISFIFO S_ISCHR S_ISSOCK S_IRUSR S_IWUSR S_IRWXU S_IFIFO',
	'sys/socket.h':
		'socket socketpair bind listen accept accept4 connect send recv sendto recvfrom sendmsg recvmsg shutdown getsockopt setsockopt getsockname getpeername AF_INET AF_UNIX AF_LOCAL PF_INET SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_REUSEADDR SO_RCVTIMEO SOMAXCONN SHUT_RD SHUT_WR SHUT_RDWR MSG_DONTWAIT MSG_PEEK MSG_NOSIGNAL socklen_t sa_family_t',
	'netinet/in.h': 'INADDR_ANY INADDR_LOOPBACK IPPROTO_TCP IPPROTO_UDP in_addr_t in_port_t',
	'arpa/inet.h':
		'htons htonl ntohs ntohl inet_pton inet_ntop inet_addr inet_ntoa inet_aton INET_ADDRSTRLEN',
	'netdb.h': 'getaddrinfo freeaddrinfo gai_strerror gethostbyname getnameinfo getservbyname',
	'poll.h': 'poll ppoll POLLIN POLLOUT POLLHUP POLLERR POLLNVAL nfds_t',
	'sys/select.h': 'select pselect fd_set FD_ZERO FD_SET FD_CLR FD_ISSET FD_SETSIZE',
	'sys/epoll.h':
		'epoll_create epoll_create1 epoll_ctl epoll_wait EPOLLIN EPOLLOUT EPOLLET EPOLL_CTL_ADD EPOLL_CTL_DEL EPOLL_CTL_MOD',
	'sys/eventfd.h': 'eventfd eventfd_read eventfd_write EFD_NONBLOCK EFD_SEMAPHORE',
	'sys/timerfd.h': 'timerfd_create timerfd_settime timerfd_gettime',
	'sys/signalfd.h': 'signalfd',
	'sys/file.h': 'flock LOCK_SH LOCK_EX LOCK_UN LOCK_NB',
	'sys/ioctl.h': 'ioctl FIONREAD TIOCGWINSZ',
	'sys/uio.h': 'readv writev',
	'sys/resource.h':
		'getrlimit setrlimit getrusage getpriority setpriority RLIMIT_NOFILE RUSAGE_SELF',
	'sys/prctl.h': 'prctl PR_SET_NAME',
	'dirent.h': 'opendir readdir closedir rewinddir scandir DIR',
	'setjmp.h': 'setjmp longjmp sigsetjmp siglongjmp jmp_buf sigjmp_buf',
	'getopt.h': 'getopt_long getopt_long_only',
	'syslog.h': 'syslog openlog closelog setlogmask vsyslog',
	'pwd.h': 'getpwuid getpwnam',
	'err.h': 'err errx warn warnx',
	'sys/times.h': 'times',
	'sys/utsname.h': 'uname',
	'libgen.h': 'basename dirname',
	'termios.h': 'tcgetattr tcsetattr',
	'stdatomic.h':
		'atomic_int atomic_bool atomic_flag atomic_load atomic_store atomic_fetch_add atomic_exchange atomic_init atomic_uint atomic_long',
};

let index: ReadonlyMap<string, string> | undefined;

const headersByName = (): ReadonlyMap<string, string> => {
	if (index) return index;
	const made = new Map<string, string>();
	for (const [header, names] of Object.entries(table)) {
		for (const name of names.split(' ')) {
			if (!made.has(name)) made.set(name, header);
		}
	}

	index = made;
	return made;
};

/** `stdio.h` for `printf`; undefined for names that no header of ours declares. */
export const standardHeaderOf = (name: string): string | undefined => headersByName().get(name);

/** Every name of the table, for "did you mean". */
export const standardNames = (): Iterable<string> => headersByName().keys();
