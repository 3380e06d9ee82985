// The bytes that a TCP socket keeps in one direction: a ring that grows with what is in it and gives its memory back
// when it is empty, so that a thousand idle connections cost nothing.

export type SocketRing = {bytes: Uint8Array; start: number; length: number};

const smallest = 256;

export const createRing = (): SocketRing => ({bytes: new Uint8Array(0), start: 0, length: 0});

const grow = (ring: SocketRing, needed: number): void => {
	let size = Math.max(smallest, ring.bytes.length);
	while (size < needed) size *= 2;
	if (size === ring.bytes.length) return;
	const bytes = new Uint8Array(size);
	bytes.set(peekRing(ring, 0, ring.length));
	ring.bytes = bytes;
	ring.start = 0;
};

export const appendRing = (ring: SocketRing, data: Uint8Array): void => {
	if (data.length === 0) return;
	grow(ring, ring.length + data.length);
	const size = ring.bytes.length;
	const at = (ring.start + ring.length) % size;
	const first = Math.min(data.length, size - at);
	ring.bytes.set(data.subarray(0, first), at);
	ring.bytes.set(data.subarray(first), 0);
	ring.length += data.length;
};

/** A copy of bytes [offset, offset + count), as far as there are any. */
export const peekRing = (ring: SocketRing, offset: number, count: number): Uint8Array => {
	const length = Math.max(0, Math.min(count, ring.length - offset));
	const result = new Uint8Array(length);
	if (length === 0) return result;
	const size = ring.bytes.length;
	const at = (ring.start + offset) % size;
	const first = Math.min(length, size - at);
	result.set(ring.bytes.subarray(at, at + first));
	result.set(ring.bytes.subarray(0, length - first), first);
	return result;
};

/** Takes the oldest bytes away. */
export const dropRing = (ring: SocketRing, count: number): void => {
	ring.length -= count;
	if (ring.length === 0) {
		ring.bytes = new Uint8Array(0);
		ring.start = 0;
	} else {
		ring.start = (ring.start + count) % ring.bytes.length;
	}
};
