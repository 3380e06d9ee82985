// Addresses of sockets as programs give and get them: struct sockaddr_in of ip(7), struct sockaddr_un of unix(7). Inside
// the kernel an IPv4 address is an unsigned 32-bit number, most significant byte first.

export const familyUnspecified = 0;
export const familyUnix = 1;
export const familyInternet = 2;
export const familyInternet6 = 10;

/** Bytes of a struct sockaddr_in. */
export const internetAddressSize = 16;
/** Bytes of a struct sockaddr_un, and where its path starts. */
export const unixAddressSize = 110;
export const unixPathOffset = 2;

/** One end of a TCP connection or UDP exchange. Address 0 is INADDR_ANY, port 0 none. */
export type Endpoint = {readonly address: number; readonly port: number};

export const noEndpoint: Endpoint = {address: 0, port: 0};
export const loopbackAddress = 0x7f00_0001;
export const broadcastAddress = 0xffff_ffff;

export const isLoopback = (address: number): boolean => address >>> 24 === 127;

/** The number of a dotted address; 0 for what is none. */
export const parseAddress = (text: string): number => {
	const parts = text.split('.').map(Number);
	if (parts.length !== 4 || parts.some(part => !(part >= 0 && part <= 255))) return 0;
	return ((parts[0]! << 24) | (parts[1]! << 16) | (parts[2]! << 8) | parts[3]!) >>> 0;
};

export const formatAddress = (address: number): string =>
	[address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.');

/** `10.0.0.1:7000`; `*` stands for any address or port, as ss(8) prints it. */
export const formatEndpoint = ({address, port}: Endpoint): string =>
	`${address === 0 ? '*' : formatAddress(address)}:${port === 0 ? '*' : port}`;

/** The endpoint of `10.0.0.9:5000`; undefined for a text that is none. */
export const parseEndpoint = (text: string): Endpoint | undefined => {
	const [, dotted, digits] = /^(\d+\.\d+\.\d+\.\d+):(\d{1,5})$/.exec(text) ?? [];
	const endpoint = {address: parseAddress(dotted ?? ''), port: Number(digits)};
	return endpoint.address !== 0 && endpoint.port > 0 && endpoint.port <= 0xffff
		? endpoint
		: undefined;
};

export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean =>
	a.address === b.address && a.port === b.port;

/** The family of a struct sockaddr; undefined if it is too short to have one. */
export const familyOf = (bytes: Uint8Array): number | undefined =>
	bytes.length < 2 ? undefined : bytes[0]! | (bytes[1]! << 8);

/** Bytes that a struct sockaddr_in6 has at least, and altogether. */
export const internet6AddressMinimum = 24;
const internet6AddressSize = 28;
/** Where its address stands, and the last four bytes of it. */
const address6Offset = 8;
const address4Offset = 20;

/**
 * Of a struct sockaddr_in6 that is long enough. Hosts have IPv4 addresses only, which IPv6 sockets see as mapped ones
 * (`::ffff:10.0.0.1`, RFC 4291); besides there are `::` and `::1`. Undefined for every other address.
 */
export const decodeEndpoint6 = (bytes: Uint8Array): Endpoint | undefined => {
	const port = (bytes[2]! << 8) | bytes[3]!;
	const prefix = bytes.subarray(address6Offset, address4Offset);
	const low = new DataView(bytes.buffer, bytes.byteOffset).getUint32(address4Offset);
	const isMapped =
		prefix[10] === 0xff && prefix[11] === 0xff && prefix.subarray(0, 10).every(byte => byte === 0);
	if (isMapped) return {address: low, port};
	if (prefix.some(byte => byte !== 0) || low > 1) return undefined;
	return {address: low === 0 ? 0 : loopbackAddress, port};
};

export const encodeEndpoint6 = ({address, port}: Endpoint): Uint8Array => {
	const bytes = new Uint8Array(internet6AddressSize);
	bytes[0] = familyInternet6;
	bytes.set([port >>> 8, port & 255], 2);
	if (address === 0) return bytes;
	bytes.set([0xff, 0xff], address4Offset - 2);
	new DataView(bytes.buffer).setUint32(address4Offset, address);
	return bytes;
};

/** Of a struct sockaddr_in that is long enough. */
export const decodeEndpoint = (bytes: Uint8Array): Endpoint => ({
	address: ((bytes[4]! << 24) | (bytes[5]! << 16) | (bytes[6]! << 8) | bytes[7]!) >>> 0,
	port: (bytes[2]! << 8) | bytes[3]!,
});

export const encodeEndpoint = ({address, port}: Endpoint): Uint8Array => {
	const bytes = new Uint8Array(internetAddressSize);
	bytes[0] = familyInternet;
	bytes.set(
		[
			port >>> 8,
			port & 255,
			address >>> 24,
			(address >>> 16) & 255,
			(address >>> 8) & 255,
			address & 255,
		],
		2,
	);
	return bytes;
};

/** The address of a Unix socket without a name: the family alone. */
export const namelessUnixAddress = (): Uint8Array => Uint8Array.of(familyUnix, 0);

/** The address that bind(2) gives a Unix socket of this path; `@name` is one of the abstract namespace. */
export const unixAddressOfPath = (path: string): Uint8Array => {
	const text = new TextEncoder().encode(path);
	const isAbstract = path.startsWith('@');
	const bytes = new Uint8Array(unixPathOffset + text.length + (isAbstract ? 0 : 1));
	bytes[0] = familyUnix;
	bytes.set(text, unixPathOffset);
	if (isAbstract) bytes[unixPathOffset] = 0;
	return bytes;
};
