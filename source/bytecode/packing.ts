// Numbers and bytes as text, for what is kept in files: the library's object files and linked programs.

export const encodeBytes = (bytes: Uint8Array): string => {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
};

export const decodeBytes = (encoded: string): Uint8Array => {
	const text = atob(encoded);
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
	return bytes;
};

/** Numbers of 32 bits as base64 of zigzag varints: small ones of either sign take one byte. */
export const packNumbers = (numbers: Iterable<number>): string => {
	const bytes: number[] = [];
	for (const number of numbers) {
		let rest = ((number << 1) ^ (number >> 31)) >>> 0;
		while (rest >= 0x80) {
			bytes.push((rest & 0x7f) | 0x80);
			rest >>>= 7;
		}
		bytes.push(rest);
	}
	return encodeBytes(Uint8Array.from(bytes));
};

export const unpackNumbers = (packed: string): Int32Array => {
	const text = atob(packed);
	const numbers = new Int32Array(text.length); // As many as there are bytes, at most
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		let zigzag = 0;
		let shift = 0;
		let byte = text.charCodeAt(at);
		while (byte >= 0x80) {
			zigzag |= (byte & 0x7f) << shift;
			shift += 7;
			byte = text.charCodeAt(++at);
		}
		zigzag |= byte << shift;
		numbers[count++] = (zigzag >>> 1) ^ -(zigzag & 1);
	}
	return numbers.slice(0, count);
};
