// inotify_init(2), inotify_add_watch(2), inotify_rm_watch(2).

import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import {isDirectory, mayAccess} from '../files/inode.js';
import {openFlags} from '../files/open-flags.js';
import {isError} from '../files/path-walk.js';
import {atWorkingDirectory, existingAt} from '../files/user-path.js';
import {
	addWatch,
	createInotifyFile,
	dropWatch,
	type Inotify,
	inotifyBits,
} from '../inotify/inotify.js';
import type {Kernel} from '../kernel.js';
import {done, failed} from '../outcome.js';
import {fileAt} from '../process/descriptors.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {install} from './event-files.js';

const initialize: SystemCall = (kernel, thread, args) => {
	const flags = args[0]! | 0;
	if ((flags & ~(openFlags.nonblock | openFlags.closeOnExec)) !== 0) return failed('EINVAL');
	const thing = createInotifyFile(kernel);
	return isError(thing) ? failed(thing) : install(kernel, thread, thing, flags);
};

const inotifyAt = (kernel: Kernel, thread: Thread, descriptor: number): Inotify | Errno => {
	const file = fileAt(processOf(kernel, thread), descriptor);
	if (!file) return 'EBADF';
	return file.thing.kind === 'inotify' ? file.thing.inotify : 'EINVAL';
};

/** What may be watched for, IN_ALL_EVENTS. */
const allEvents = 0xfff;
/** ALL_INOTIFY_BITS of Linux: others are refused, and so is none. */
const knownBits = 0xf700_efff;
/** What is kept of a mask. */
const keptBits = allEvents | inotifyBits.excludeUnlinked | inotifyBits.oneShot;

const inotifyAddWatch: SystemCall = (kernel, thread, args) => {
	const mask = args[2]! >>> 0;
	const has = (bit: number): boolean => (mask & bit) !== 0;
	if (mask === 0 || (mask & ~knownBits) !== 0) return failed('EINVAL');
	if (has(inotifyBits.maskAdd) && has(inotifyBits.maskCreate)) return failed('EINVAL');
	const inotify = inotifyAt(kernel, thread, args[0]! | 0);
	if (isError(inotify)) return failed(inotify);
	const follow = !has(inotifyBits.dontFollow);
	const place = existingAt(kernel, thread, atWorkingDirectory, args[1]!, follow);
	if (isError(place)) return failed(place);
	const {inode} = place;
	if (has(inotifyBits.onlyDirectory) && !isDirectory(inode)) return failed('ENOTDIR');
	if (!mayAccess(inode, 4)) return failed('EACCES');
	markEffect(thread.context.turns);
	const known = kernel.watches.find(watch => watch.owner === inotify && watch.inode === inode);
	const kept = (mask & keptBits) >>> 0;
	if (!known) {
		const number = addWatch(kernel, inotify, inode, kept);
		return isError(number) ? failed(number) : done(number);
	}
	if (has(inotifyBits.maskCreate)) return failed('EEXIST');
	known.mask = has(inotifyBits.maskAdd) ? (known.mask | kept) >>> 0 : kept;
	return done(known.number);
};

const removeWatch: SystemCall = (kernel, thread, args) => {
	const inotify = inotifyAt(kernel, thread, args[0]! | 0);
	if (isError(inotify)) return failed(inotify);
	const number = args[1]! | 0;
	const watch = kernel.watches.find(each => each.owner === inotify && each.number === number);
	if (!watch) return failed('EINVAL');
	dropWatch(kernel, watch);
	markEffect(thread.context.turns);
	return done(0);
};

export const inotifyCalls: Readonly<Record<string, SystemCall>> = {
	inotify_init: (kernel, thread, _args, call) => initialize(kernel, thread, [0], call),
	inotify_init1: initialize,
	inotify_add_watch: inotifyAddWatch,
	inotify_rm_watch: removeWatch,
};
