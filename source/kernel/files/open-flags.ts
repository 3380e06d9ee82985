// Flags of open(2), with Linux's values.

/** Access modes and status flags of open(2) and fcntl(2). */
export const openFlags = {
	readOnly: 0,
	writeOnly: 1,
	readWrite: 2,
	accessMode: 3,
	create: 0o100,
	exclusive: 0o200,
	noControllingTerminal: 0o400,
	truncate: 0o1000,
	append: 0o2000,
	nonblock: 0o4000,
	dataSync: 0o10000,
	async: 0o20000,
	direct: 0o40000,
	directory: 0o200000,
	noFollow: 0o400000,
	noAccessTime: 0o1000000,
	closeOnExec: 0o2000000,
	sync: 0o4000000,
	pathOnly: 0o10000000,
} as const;
