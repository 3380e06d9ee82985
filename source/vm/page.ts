// A page of simulated memory. Pages are the unit of sharing: a page that a fork, a checkpoint or another mapping also
// refers to is never written again, it is copied first. So nobody counts references; the host's collector does.

/** 4096 bytes as 1024 little-endian words; the page of a file that is not mapped may be shorter, zeros follow. */
export type Page = Int32Array;

export const pageSize = 4096;
export const pageShift = 12;
export const wordsPerPage = 1024;

/** The one page of zeros that every untouched anonymous page reads from. Never written. */
export const zeroPage: Page = new Int32Array(wordsPerPage);

export const createPage = (): Page => new Int32Array(wordsPerPage);

const shortestPage = 64;

/** A page for at least so many bytes: the last page of a small file needn't be whole as long as nobody maps it. */
export const createShortPage = (bytes: number): Page => {
	let size = shortestPage;
	while (size < bytes) size *= 2;
	return new Int32Array(Math.min(size, pageSize) >> 2);
};

/** The bytes of a page, as a view (little-endian hosts only, which all of Node's are). */
export const bytesOf = (page: Page): Uint8Array =>
	new Uint8Array(page.buffer, page.byteOffset, page.byteLength);

export const roundUpToPage = (bytes: number): number => Math.ceil(bytes / pageSize) * pageSize;
