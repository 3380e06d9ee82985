// What the debugger's eyes need of C: variables with their types and places. Plain data, because it travels with
// the program; the compiler's own types are richer.

export type DebugType =
	| {readonly kind: 'void'}
	| {
			readonly kind: 'integer';
			readonly name: string;
			readonly size: 1 | 2 | 4 | 8;
			readonly isSigned: boolean;
	  }
	| {readonly kind: 'bool'}
	| {readonly kind: 'float'; readonly name: string; readonly size: 4 | 8}
	| {
			readonly kind: 'enum';
			readonly name: string;
			readonly constants: ReadonlyArray<readonly [string, number]>;
	  }
	/** `target` is an index into Program.types, because types are recursive. */
	| {readonly kind: 'pointer'; readonly target: number}
	| {
			readonly kind: 'array';
			readonly element: number;
			readonly length: number;
			readonly size: number;
	  }
	| {
			readonly kind: 'struct' | 'union';
			readonly name: string;
			readonly size: number;
			readonly members: ReadonlyArray<{
				readonly name: string;
				readonly type: number;
				readonly offset: number;
				/** Of a bit-field, from the first bit of the byte at `offset`. */
				readonly bits?: readonly [offset: number, width: number];
			}>;
	  }
	| {readonly kind: 'function'; readonly name: string};

/** Size in bytes. */
export const sizeOf = (type: DebugType): number => {
	switch (type.kind) {
		case 'void':
		case 'bool':
		case 'function':
			return 1;
		case 'enum':
			return 4;
		case 'pointer':
			return 8;
		case 'integer':
		case 'float':
		case 'array':
		case 'struct':
		case 'union':
			return type.size;
	}
};

/** Where a variable lives. */
export type DebugLocation =
	/** In memory at a fixed address. */
	| {readonly kind: 'address'; readonly address: number}
	/** In the register at this word offset from the frame base. */
	| {readonly kind: 'register'; readonly offset: number}
	/** In memory, at the address in the register at word offset `base`, plus `offset` bytes. */
	| {readonly kind: 'frame'; readonly base: number; readonly offset: number};

export type DebugVariable = {
	readonly name: string;
	/** Index into Program.types. */
	readonly type: number;
	readonly location: DebugLocation;
	/** Word offsets [from, to) of the code where the variable is in scope; absent for globals. */
	readonly scope?: readonly [from: number, to: number];
	/** Index into Program.files, and line of the declaration. */
	readonly file: number;
	readonly line: number;
};
