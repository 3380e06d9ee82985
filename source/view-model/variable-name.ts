// What stands at an address, in the program's own words: `fork_[1]`, `box.full`. Of use where the kernel knows an address
// only, as it does of a lock.

import type {DebugType} from '../bytecode/debug-info.js';
import type {Program} from '../bytecode/program.js';
import {sizeOf} from '../machine/variables.js';

/** The global variable, element or member that holds the byte at an address; undefined where there is none. */
export const variableAt = (program: Program, address: number): string | undefined => {
	for (const {name, type, location} of program.globals) {
		if (location.kind !== 'address') continue;
		const offset = address - location.address;
		const whole = program.types[type];
		if (whole && offset >= 0 && offset < sizeOf(whole))
			return name + partAt(program, whole, offset);
	}
	return undefined;
};

/** `[1]`, `.full`: down to the last part with a name of the program's; the library's names begin with two underscores. */
const partAt = (program: Program, type: DebugType, offset: number): string => {
	if (type.kind === 'array') {
		const element = program.types[type.element];
		const size = element ? sizeOf(element) : 0;
		if (!element || size === 0) return '';
		const index = Math.floor(offset / size);
		return `[${index}]${partAt(program, element, offset - index * size)}`;
	}
	if (type.kind !== 'struct') return '';
	for (const member of type.members) {
		const inner = program.types[member.type];
		const within = offset - member.offset;
		if (!inner || within < 0 || within >= sizeOf(inner)) continue;
		return member.name.startsWith('__') ? '' : `.${member.name}${partAt(program, inner, within)}`;
	}
	return '';
};
