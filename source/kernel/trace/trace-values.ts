// Values as strace(1) prints them: addresses, strings cut at 32 bytes, structs, signal sets.

import type {AddressSpace} from '../../vm/address-space.js';
import {readBytes} from '../../vm/memory.js';
import {hasSignal, type SignalSet} from '../signals/signal-state.js';
import {signalName} from '../signals/signal-numbers.js';

/** Bytes of a string that are shown, as strace's -s. */
const stringLimit = 32;

export const formatAddress = (address: number): string => {
	if (address === 0) return 'NULL';
	return address < 0
		? `0x${BigInt.asUintN(64, BigInt(address)).toString(16)}`
		: `0x${address.toString(16)}`;
};

const escapes: Readonly<Record<number, string>> = {
	9: '\\t',
	10: '\\n',
	11: '\\v',
	12: '\\f',
	13: '\\r',
	34: '\\"',
	92: '\\\\',
};

/** A byte as strace(1) writes it in a string: escapes as in C; octal numbers are as short as the next byte allows. */
export const escapeByte = (byte: number, next: number | undefined): string => {
	const known = escapes[byte];
	if (known) return known;
	if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
	const isDigitNext = next !== undefined && next >= 48 && next <= 57;
	return `\\${byte.toString(8).padStart(isDigitNext ? 3 : 1, '0')}`;
};

/** `"hello\n"`; `"0123"...` for more than `limit` bytes; the address if they can't be read. */
export const formatBytes = (
	space: AddressSpace,
	address: number,
	length: number,
	limit = stringLimit,
): string => {
	if (address === 0) return 'NULL';
	const bytes = length < 0 ? undefined : readBytes(space, address, Math.min(length, limit));
	if (!bytes) return formatAddress(address);
	const text = [...bytes].map((byte, index) => escapeByte(byte, bytes[index + 1])).join('');
	return `"${text}"${length > limit ? '...' : ''}`;
};

/** `{tv_sec=1, tv_nsec=0}` */
export const formatStruct = (fields: Readonly<Record<string, string | number>>): string =>
	`{${Object.entries(fields)
		.map(([name, value]) => `${name}=${value}`)
		.join(', ')}}`;

const signalCount = 64;

/** `[INT USR1]`, or `~[KILL STOP]` for a set of more than half of the signals. */
export const formatSignalSet = (set: SignalSet): string => {
	const all = Array.from({length: signalCount}, (_, index) => index + 1);
	const members = all.filter(signal => hasSignal(set, signal));
	const isInverted = members.length > signalCount / 2;
	const shown = isInverted ? all.filter(signal => !hasSignal(set, signal)) : members;
	return `${isInverted ? '~' : ''}[${shown.map(signal => signalName(signal).replace(/^SIG/, '')).join(' ')}]`;
};
