// The record lock commands of fcntl(2): from struct flock to ranges and back.

import {readBytes, writeBytes} from '../../vm/memory.js';
import type {Errno} from '../errno.js';
import {
	clearRecordLock,
	findConflict,
	type RecordLock,
	setRecordLock,
} from '../files/file-locks.js';
import type {Kernel} from '../kernel.js';
import {canRead, canWrite, type OpenFile, statusOf} from '../files/open-file.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import type {Process} from '../process/process.js';
import type {Thread} from '../process/thread.js';

export type LockRequest = {
	readonly process: Process;
	readonly file: OpenFile;
	readonly number: number;
	readonly address: number;
};

const lockCommand = {
	get: 5,
	set: 6,
	setWait: 7,
	getOfFile: 36,
	setOfFile: 37,
	setOfFileWait: 38,
} as const;

const lockCommands: readonly number[] = Object.values(lockCommand);

const unlockType = 2;

/** F_SETLK and its kin; EINVAL for any other command. */
export const controlLock = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	{process, file, number, address}: LockRequest,
): Outcome => {
	if (!lockCommands.includes(number)) return failed('EINVAL');
	const bytes = readBytes(thread.context.space, address, 32);
	if (!bytes) return failed('EFAULT');
	const view = new DataView(bytes.buffer);
	const isOfFile = number >= lockCommand.getOfFile;
	if (isOfFile && view.getInt32(24, true) !== 0) return failed('EINVAL');
	const range = lockRange(kernel, file, view);
	if (isError(range)) return failed(range);
	const owner = isOfFile ? -file.id : process.pid;
	const type = view.getInt16(0, true);
	if (type < 0 || type > unlockType) return failed('EINVAL');
	const wanted: RecordLock = {owner, type: type === 0 ? 'read' : 'write', ...range};
	if (number === lockCommand.get || number === lockCommand.getOfFile) {
		if (type === unlockType) return failed('EINVAL');
		return storeConflict(thread, file, address, view, wanted);
	}
	if (type === unlockType) {
		clearRecordLock(kernel, file, wanted, thread);
		return done(0);
	}
	if (type === 0 ? !canRead(file) : !canWrite(file)) return failed('EBADF');
	const mayWait = number === lockCommand.setWait || number === lockCommand.setOfFileWait;
	return setRecordLock(kernel, file, wanted, mayWait, thread, call);
};

/** The bytes that a struct flock means; a negative length reaches backwards, 0 to the end of the file and beyond. */
const lockRange = (
	kernel: Kernel,
	file: OpenFile,
	view: DataView,
): {start: number; end: number} | Errno => {
	const whence = view.getInt16(2, true);
	const length = Number(view.getBigInt64(16, true));
	const origins = [0, file.offset, whence === 2 ? statusOf(kernel, file).size : 0];
	const origin = whence < 0 ? undefined : origins[whence];
	if (origin === undefined) return 'EINVAL';
	const start = origin + Number(view.getBigInt64(8, true));
	if (start < 0 || start + length < 0) return 'EINVAL';
	if (length < 0) return {start: start + length, end: start};
	return {start, end: length === 0 ? Infinity : start + length};
};

const storeConflict = (
	thread: Thread,
	file: OpenFile,
	address: number,
	view: DataView,
	wanted: RecordLock,
): Outcome => {
	const conflict = findConflict(file, wanted);
	if (conflict) {
		view.setInt16(0, conflict.type === 'read' ? 0 : 1, true);
		view.setInt16(2, 0, true);
		view.setBigInt64(8, BigInt(conflict.start), true);
		view.setBigInt64(
			16,
			BigInt(conflict.end === Infinity ? 0 : conflict.end - conflict.start),
			true,
		);
		view.setInt32(24, conflict.owner > 0 ? conflict.owner : -1, true);
	} else {
		view.setInt16(0, unlockType, true);
	}
	return writeBytes(thread.context, address, new Uint8Array(view.buffer))
		? done(0)
		: failed('EFAULT');
};
