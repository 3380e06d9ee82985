import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {flagTables, formatFlags, formatName} from '../../source/kernel/trace/flag-tables.js';
import {
	callByName,
	callFamilies,
	callName,
	formatResult,
	systemCallTable,
} from '../../source/kernel/syscall-table.js';
import {handlerOf, unlistedHandlers} from '../../source/kernel/syscalls/index.js';

const header = readFileSync(
	join(import.meta.dirname, '../../source/libc/include/bits/syscall.h'),
	'utf8',
);
const headerNumbers = new Map(
	[...header.matchAll(/^#define SYS_(\w+) (\d+)$/gm)].map(([, name, number]) => [
		name!,
		Number(number),
	]),
);

test('every call has one row, with the number of the C library’s header', () => {
	const own = systemCallTable.filter(({name}) => name !== 'kio_serve');
	expect(
		own.filter(({name, number}) => headerNumbers.get(name) !== number).map(({name}) => name),
	).toEqual([]);
	expect(new Set(systemCallTable.map(({number}) => number)).size).toBe(systemCallTable.length);
	expect(new Set(systemCallTable.map(({name}) => name)).size).toBe(systemCallTable.length);
});

test('handlers and rows know each other', () => {
	expect(unlistedHandlers()).toEqual([]);
	const missing = systemCallTable.filter(({number}) => !handlerOf(number)).map(({name}) => name);
	// Sockets come with the network
	const network = systemCallTable
		.filter(({families}) => families.includes('network'))
		.map(({name}) => name);
	expect(missing.filter(name => !network.includes(name))).toEqual([]);
});

test('families are known, and arguments that name others stand before or after them in the row', () => {
	for (const {name, families, formats} of systemCallTable) {
		expect(families.filter(family => !callFamilies.includes(family))).toEqual([]);
		const numbers = formats.flatMap(format => /:(\d+)$/.exec(format)?.[1] ?? []).map(Number);
		expect(
			numbers.every(number => number < formats.length),
			name,
		).toBe(true);
	}
});

test('flags and names read as in C', () => {
	expect(formatFlags('open', 0o1102)).toBe('O_RDWR|O_CREAT|O_TRUNC');
	expect(formatFlags('open', 0)).toBe('O_RDONLY');
	expect(formatFlags('protection', 0)).toBe('PROT_NONE');
	expect(formatFlags('mmap', 0x22)).toBe('MAP_PRIVATE|MAP_ANONYMOUS');
	expect(formatFlags('wait', 0)).toBe('0');
	expect(formatFlags('sockettype', 0o4001)).toBe('SOCK_STREAM|SOCK_NONBLOCK');
	expect(formatFlags('sigaction', 0x9000_0000)).toBe('SA_RESTART|SA_RESETHAND');
	expect(formatFlags('at', 0x4100)).toBe('AT_SYMLINK_NOFOLLOW|0x4000');
	expect(formatName('futex', 128)).toBe('FUTEX_WAIT_PRIVATE');
	expect(formatName('futex', 393)).toBe('FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME');
	expect(formatName('whence', 9)).toBe('9');
	expect(Object.keys(flagTables)).toContain('open');
});

test('results read as strace prints them', () => {
	expect(callName(39)).toBe('getpid');
	expect(callName(500)).toBe('syscall_0x1f4');
	expect(callByName('mmap')?.families).toEqual(['desc', 'memory']);
	expect(formatResult('mmap', 0x1000_0000, '')).toBe('0x10000000');
	expect(formatResult('read', -1, 'EAGAIN')).toBe('-1 EAGAIN');
	expect(formatResult('exit_group', 0, '')).toBe('?');
});
