// File seals, F_ADD_SEALS of fcntl(2): what may not happen any more to a file of memfd_create(2). They can be added, never
// taken away.

import type {RegularBody} from './inode.js';
import type {Errno} from '../errno.js';

/** F_SEAL_…; `all` is every seal that there is. */
export const seal = {
	seal: 0x01,
	shrink: 0x02,
	grow: 0x04,
	write: 0x08,
	futureWrite: 0x10,
	exec: 0x20,
	all: 0x3f,
} as const;

const has = ({seals = 0}: RegularBody, wanted: number): boolean => (seals & wanted) !== 0;

/** Whether stores are sealed off: write(2) and new writable mappings fail with EPERM. */
export const isWriteSealed = (body: RegularBody): boolean =>
	has(body, seal.write | seal.futureWrite);

/** Whether a file may get another size in bytes. */
export const mayResize = (body: RegularBody, size: number): boolean => {
	const before = body.contents.size;
	if (size < before) return !has(body, seal.shrink);
	return size === before || !has(body, seal.grow);
};

/** F_ADD_SEALS. EINVAL: the file has no seals; EPERM: they are sealed; EBUSY: it is mapped for writing. */
export const addSeals = (body: RegularBody, added: number): Errno | undefined => {
	if (body.seals === undefined || (added & ~seal.all) !== 0) return 'EINVAL';
	if (has(body, seal.seal)) return 'EPERM';
	if ((added & seal.write) !== 0 && isMappedForWriting(body)) return 'EBUSY';
	body.seals |= added;
	return undefined;
};

const isMappedForWriting = ({contents}: RegularBody): boolean =>
	contents.mappers.some(({regions}) =>
		regions.some(({object, isShared, mayWrite}) => object === contents && isShared && mayWrite),
	);
