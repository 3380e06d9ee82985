// The files of /proc that tell of the system as a whole, proc(5). A path below /proc is a key.

import type {Kernel} from '../kernel.js';
import {bootTime, nanosecondsOf} from '../time/time.js';
import {queueMaximum, messageMaximum} from '../ipc/sysv-messages.js';
import {operationsPerCall, semaphoresPerSet} from '../ipc/sysv-semaphores.js';
import {systemRelease, systemVersion} from '../system-name.js';

type Text = (kernel: Kernel, host: string) => string;

const pageKibibytes = 4;
const ticksPerSecond = 100;

const ticks = (kernel: Kernel, cycles: number): number =>
	Math.floor((cycles * ticksPerSecond) / kernel.config.clock);

const meminfo: Text = ({config, pageBudget}) => {
	const total = config.limits.machinePages * pageKibibytes;
	const free = Math.max(0, total - pageBudget.used * pageKibibytes);
	const line = (name: string, count: number): string =>
		`${`${name}:`.padEnd(16)}${String(count).padStart(8)} kB\n`;
	return [
		line('MemTotal', total),
		line('MemFree', free),
		line('MemAvailable', free),
		line('Buffers', 0),
		line('Cached', 0),
		line('SwapCached', 0),
		line('SwapTotal', 0),
		line('SwapFree', 0),
	].join('');
};

const cpuinfo: Text = ({cpus, config}) =>
	cpus
		.map(({id}) =>
			[
				`processor\t: ${id}`,
				'vendor_id\t: ipctop',
				'model name\t: ipctop register machine',
				`cpu MHz\t\t: ${(config.clock / 1e6).toFixed(3)}`,
				`cpu cores\t: ${cpus.length}`,
				'\n',
			].join('\n'),
		)
		.join('');

const stat: Text = kernel => {
	const {cpus} = kernel;
	const line = (name: string, some: typeof cpus): string => {
		const used = some.reduce((sum, {useful, busy}) => sum + useful + busy, 0);
		const idle = some.reduce((sum, cpu) => sum + cpu.idle, 0);
		return `${name} ${ticks(kernel, used)} 0 0 ${ticks(kernel, idle)} 0 0 0 0 0 0\n`;
	};
	const threads = [...kernel.threads.values()];
	const switches = cpus.reduce((sum, {contextSwitches}) => sum + contextSwitches, 0);
	return [
		line('cpu ', cpus),
		...cpus.map(cpu => line(`cpu${cpu.id}`, [cpu])),
		'intr 0\n',
		`ctxt ${switches}\n`,
		`btime ${bootTime}\n`,
		`processes ${kernel.nextPid - 1}\n`,
		`procs_running ${threads.filter(({state}) => state === 'running' || state === 'ready').length}\n`,
		`procs_blocked ${threads.filter(({waitName}) => waitName.startsWith('disk')).length}\n`,
	].join('');
};

const seconds = (kernel: Kernel, cycles: number): string =>
	(nanosecondsOf(kernel, cycles) / 1e9).toFixed(2);

const constant =
	(text: string | number): Text =>
	() =>
		`${text}\n`;

const loadavg: Text = kernel => {
	const live = [...kernel.threads.values()].filter(({state}) => state !== 'dead');
	const running = live.filter(({state}) => state === 'running' || state === 'ready');
	return `0.00 0.00 0.00 ${running.length}/${live.length} ${kernel.nextPid - 1}\n`;
};

/** The texts by path below /proc. */
export const systemTexts: Readonly<Record<string, Text>> = {
	cpuinfo,
	filesystems: constant('nodev\tproc\nnodev\ttmpfs\nnodev\tmqueue\nnodev\tpipefs\n\text2'),
	loadavg,
	meminfo,
	mounts: constant(
		'ipctop / ext2 rw 0 0\nproc /proc proc rw 0 0\ntmpfs /dev tmpfs rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\nmqueue /dev/mqueue mqueue rw 0 0',
	),
	stat,
	uptime: kernel =>
		`${seconds(kernel, kernel.now)} ${seconds(
			kernel,
			kernel.cpus.reduce((sum, {idle}) => sum + idle, 0),
		)}\n`,
	version: constant(`Linux version ${systemRelease} ${systemVersion}`),
	'sys/fs/file-max': ({config}) => `${config.limits.openFiles}\n`,
	'sys/fs/mqueue/msg_default': constant(10),
	'sys/fs/mqueue/msg_max': constant(10),
	'sys/fs/mqueue/msgsize_default': constant(8192),
	'sys/fs/mqueue/msgsize_max': constant(8192),
	'sys/fs/mqueue/queues_max': constant(256),
	'sys/fs/pipe-max-size': constant(1_048_576),
	'sys/kernel/hostname': (_kernel, host) => `${host}\n`,
	'sys/kernel/msgmax': constant(messageMaximum),
	'sys/kernel/msgmnb': constant(queueMaximum),
	'sys/kernel/msgmni': constant(32_000),
	'sys/kernel/osrelease': constant(systemRelease),
	'sys/kernel/ostype': constant('Linux'),
	'sys/kernel/pid_max': constant(4_194_304),
	'sys/kernel/sem': constant(`${semaphoresPerSet}\t1024000000\t${operationsPerCall}\t32000`),
	'sys/kernel/shmall': constant('18446744073692774399'),
	'sys/kernel/shmmax': constant('18446744073692774399'),
	'sys/kernel/shmmni': constant(4096),
	'sys/kernel/threads-max': ({config}) => `${config.limits.processes}\n`,
	'sys/kernel/version': constant(systemVersion),
	'sys/net/core/somaxconn': constant(4096),
};
