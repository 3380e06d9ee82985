// struct stat, statfs and their kin as user programs on x86-64 see them.

import {writeBytes} from '../../vm/memory.js';
import type {Context} from '../../vm/context.js';
import type {FileStatus} from './file-operations.js';
import {userId} from '../signals/signal-numbers.js';
import {bootTime} from '../time/time.js';

const statSize = 144;
/** st_dev of everything. */
const deviceNumber = 0x801;

/** stat(2): stores a struct stat. False for a bad address. */
export const writeStat = (context: Context, address: number, status: FileStatus): boolean => {
	const bytes = new Uint8Array(statSize);
	const view = new DataView(bytes.buffer);
	const put64 = (offset: number, value: number): void =>
		view.setBigInt64(offset, BigInt(value), true);
	put64(0, deviceNumber);
	put64(8, status.inode);
	put64(16, status.links);
	view.setUint32(24, status.mode, true);
	view.setUint32(28, userId, true);
	view.setUint32(32, userId, true);
	put64(40, status.device ?? 0);
	put64(48, status.size);
	put64(56, status.blockSize);
	put64(64, status.blocks);
	[status.accessed, status.modified, status.changed].forEach((time, index) => {
		put64(72 + 16 * index, time.seconds + bootTime);
		put64(80 + 16 * index, time.nanoseconds);
	});
	return writeBytes(context, address, bytes);
};

/** statfs(2): a file system of `blocks` blocks of 4096 bytes. */
export const writeFileSystemStatus = (
	context: Context,
	address: number,
	blocks: {readonly all: number; readonly free: number},
): boolean => {
	const bytes = new Uint8Array(120);
	const view = new DataView(bytes.buffer);
	const extMagic = 0xef53;
	[extMagic, 4096, blocks.all, blocks.free, blocks.free, 65_536, 60_000].forEach((value, index) => {
		view.setBigInt64(8 * index, BigInt(value), true);
	});
	view.setBigInt64(64, 255n, true);
	view.setBigInt64(72, 4096n, true);
	return writeBytes(context, address, bytes);
};
