// Runs compiled programs on the interpreter alone, without a kernel: for tests of the compiler. The only system call is
// `__syscall(1, value)`, which reports a number to the test.

import {buildLibrary, loadLibrary} from '../../source/compiler/build-library.js';
import {compileProgram} from '../../source/compiler/compile.js';
import {renderDiagnostics} from '../../source/compiler/text/diagnostics.js';
import type {LibraryImage} from '../../source/bytecode/object.js';
import {dataBase, type Program} from '../../source/bytecode/program.js';
import {
	addRegion,
	createAddressSpace,
	lowestAddress,
	privateRegion,
	stackTop,
} from '../../source/vm/address-space.js';
import {createContext, type Stop} from '../../source/vm/context.js';
import {pushCall, run} from '../../source/vm/cpu.js';
import {writeBytes} from '../../source/vm/memory.js';

const startText = `
extern int main(void);
long _start(long argc, char **argv, char **envp) {
	(void)argc; (void)argv; (void)envp;
	return main();
}
void report(long value) { __syscall(1L, value); }
`;

let startLibrary: LibraryImage | undefined;

/** A library with nothing but `_start` and `void report(long)`. */
export const bareLibrary = (): LibraryImage => {
	if (!startLibrary) {
		const built = buildLibrary(new Map([['start.c', startText]]), new Map());
		if (built.kind === 'failed') throw new Error(renderDiagnostics(built.diagnostics));
		startLibrary = loadLibrary(built.json);
	}
	return startLibrary;
};

/** Compiles C texts (`a.c`, `b.c` …) with the bare library; throws with the diagnostics if that fails. */
export const compileBare = (...texts: readonly string[]): Program => {
	const result = compileProgram({
		name: 'test',
		sources: texts.map((text, index) => ({
			fileName: `${String.fromCharCode(97 + index)}.c`,
			text: `void report(long);${text}`,
		})),
		includes: () => undefined,
		library: bareLibrary(),
	});
	if (result.kind === 'failed') throw new Error(renderDiagnostics(result.diagnostics));
	return result.program;
};

export type BareRun = {
	readonly reports: readonly bigint[];
	/** What main() returned, if it did. */
	readonly status: number;
	readonly stop: Stop['kind'];
	readonly cycles: number;
	readonly busyCycles: number;
};

/** Runs a program until it returns or traps. */
export const runBare = (program: Program, budget = 50_000_000): BareRun => {
	const dataEnd = Math.ceil((dataBase + program.dataSize) / 4096) * 4096;
	const space = createAddressSpace(dataEnd, 4096, {used: 0, limit: 8192});
	if (dataEnd > dataBase) addRegion(space, privateRegion(dataBase, dataEnd, 'data'));
	addRegion(space, privateRegion(lowestAddress, stackTop, 'stack'));
	const context = createContext({program, space, tid: 1, sp: stackTop, stackLow: lowestAddress});
	writeBytes(context, dataBase, program.data);
	pushCall(context, program.start, [1, 0, 0]);

	const reports: bigint[] = [];
	for (;;) {
		const stop = run(context, budget - context.cpuCycles);
		const {registers, base, cpuCycles, busyCycles} = context;
		if (stop.kind !== 'syscall') {
			return {reports, status: registers[base]!, stop: stop.kind, cycles: cpuCycles, busyCycles};
		}
		const at = base + stop.first + 2;
		reports.push(
			BigInt.asIntN(64, (BigInt(registers[at + 1]!) << 32n) | BigInt(registers[at]! >>> 0)),
		);
	}
};

/** What a program reports, one value per `report`. */
export const reportsOf = (...texts: readonly string[]): readonly bigint[] => {
	const {reports, stop} = runBare(compileBare(...texts));
	if (stop !== 'returned') throw new Error(`the program stopped: ${stop}`);
	return reports;
};
