// The headers and the library's own files, through the compiler's front end.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {checkTranslationUnit} from '../../source/compiler/check.js';
import {renderDiagnostics} from '../../source/compiler/text/diagnostics.js';
import type {IncludeResolver} from '../../source/compiler/preprocess/preprocessor-state.js';
import {readHeaders} from '../../source/commands/resources.js';

const library = join(import.meta.dirname, '../../source/libc');
const headers = readHeaders();
const names = [...headers.keys()].sort();

/** Headers as if they were the program's own, so that warnings in them are not passed over. */
const includes: IncludeResolver = name => {
	const text = /internal\.h$/.test(name)
		? readFileSync(join(library, name), 'utf8')
		: headers.get(name);
	return text === undefined ? undefined : {fileName: name, text, isSystem: false};
};

const problemsOf = (fileName: string, text: string): string =>
	renderDiagnostics(checkTranslationUnit({fileName, text, includes}).diagnostics);

describe('a header is complete by itself and may be included twice', () => {
	test.each(names)('<%s>', name => {
		const include = `#include <${name}>\n`;
		expect(problemsOf('unit.c', `${include}${include}int unit;\n`)).toBe('');
		expect(problemsOf('unit.c', `#define _GNU_SOURCE\n${include}${include}int unit;\n`)).toBe('');
	});
});

test('all headers go together', () => {
	const all = names.filter(name => name !== 'iso646.h').map(name => `#include <${name}>\n`);
	expect(problemsOf('unit.c', `#define _GNU_SOURCE\n${all.join('')}int unit;\n`)).toBe('');
});

describe('a file of the library compiles without warnings', () => {
	const files = readdirSync(library).filter(name => name.endsWith('.c'));
	test.each(files)('%s', name => {
		expect(problemsOf(name, readFileSync(join(library, name), 'utf8'))).toBe('');
	});
});

describe('structures have the size and the layout of Linux on x86-64', () => {
	const sizes: readonly (readonly [header: string, type: string, bytes: number])[] = [
		['sys/stat.h', 'struct stat', 144],
		['signal.h', 'siginfo_t', 128],
		['signal.h', 'sigset_t', 128],
		['signal.h', 'struct sigaction', 152],
		['signal.h', 'struct sigevent', 64],
		['signal.h', 'stack_t', 24],
		['pthread.h', 'pthread_mutex_t', 40],
		['pthread.h', 'pthread_cond_t', 48],
		['pthread.h', 'pthread_rwlock_t', 56],
		['pthread.h', 'pthread_barrier_t', 32],
		['pthread.h', 'pthread_attr_t', 56],
		['semaphore.h', 'sem_t', 32],
		['sys/epoll.h', 'struct epoll_event', 12],
		['dirent.h', 'struct dirent', 280],
		['fcntl.h', 'struct flock', 32],
		['poll.h', 'struct pollfd', 8],
		['sys/socket.h', 'struct sockaddr_storage', 128],
		['sys/socket.h', 'struct msghdr', 56],
		['sys/socket.h', 'struct cmsghdr', 16],
		['sys/un.h', 'struct sockaddr_un', 110],
		['netinet/in.h', 'struct sockaddr_in', 16],
		['netinet/in.h', 'struct sockaddr_in6', 28],
		['netinet/ip.h', 'struct iphdr', 20],
		['netdb.h', 'struct addrinfo', 48],
		['sys/shm.h', 'struct shmid_ds', 112],
		['sys/sem.h', 'struct semid_ds', 104],
		['sys/msg.h', 'struct msqid_ds', 120],
		['mqueue.h', 'struct mq_attr', 64],
		['sys/time.h', 'struct itimerval', 32],
		['sys/resource.h', 'struct rusage', 144],
		['sys/select.h', 'fd_set', 128],
		['sys/utsname.h', 'struct utsname', 390],
		['sys/signalfd.h', 'struct signalfd_siginfo', 128],
		['sys/sysinfo.h', 'struct sysinfo', 112],
		['time.h', 'struct tm', 56],
		['termios.h', 'struct termios', 60],
		['net/if.h', 'struct ifreq', 40],
		['sys/statvfs.h', 'struct statvfs', 112],
	];
	test.each(sizes)('<%s> %s has %d bytes', (header, type, bytes) => {
		const text = `#include <${header}>\n_Static_assert(sizeof(${type}) == ${bytes}, "size");\n`;
		expect(problemsOf('unit.c', text)).toBe('');
	});
});
