// struct termios, termios(3): what a terminal does with the bytes of its keyboard and of the programs. The numbers are
// those of Linux on x86-64.

export type TerminalSettings = {
	/** c_iflag, c_oflag, c_cflag and c_lflag. */
	readonly inputModes: number;
	readonly outputModes: number;
	readonly controlModes: number;
	readonly localModes: number;
	/** c_line, the number of the line discipline. */
	readonly line: number;
	/** c_cc, by the numbers in `special`. */
	readonly characters: readonly number[];
};

export const inputFlag = {
	strip: 0o40,
	newlineToReturn: 0o100,
	ignoreReturn: 0o200,
	returnToNewline: 0o400,
	flowControl: 0o2000,
	anyRestarts: 0o4000,
} as const;

export const outputFlag = {
	process: 0o1,
	newlineToReturnNewline: 0o4,
	returnToNewline: 0o10,
	noReturnAtStart: 0o20,
} as const;

export const localFlag = {
	signals: 0o1,
	canonical: 0o2,
	echo: 0o10,
	echoErase: 0o20,
	echoKill: 0o40,
	echoNewline: 0o100,
	noFlush: 0o200,
	stopBackground: 0o400,
	echoControl: 0o1000,
	echoKillErase: 0o4000,
	extended: 0o100000,
} as const;

/** Indexes of c_cc. */
export const special = {
	interrupt: 0,
	quit: 1,
	erase: 2,
	kill: 3,
	endOfFile: 4,
	time: 5,
	minimum: 6,
	start: 8,
	stop: 9,
	suspend: 10,
	endOfLine: 11,
	wordErase: 14,
	literalNext: 15,
	endOfLine2: 16,
} as const;

const characterCount = 19;
const charactersAt = 17;
/** Bytes of the kernel's struct termios. */
export const settingsSize = 36;

/** A terminal as it is first opened: lines, echo, signals. */
export const usualSettings = (): TerminalSettings => ({
	inputModes: inputFlag.returnToNewline | inputFlag.flowControl,
	outputModes: outputFlag.process | outputFlag.newlineToReturnNewline,
	controlModes: 0o277,
	localModes: 0x8a3b,
	line: 0,
	characters: [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0],
});

export const encodeSettings = (settings: TerminalSettings): Uint8Array => {
	const bytes = new Uint8Array(settingsSize);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, settings.inputModes, true);
	view.setUint32(4, settings.outputModes, true);
	view.setUint32(8, settings.controlModes, true);
	view.setUint32(12, settings.localModes, true);
	bytes[16] = settings.line;
	bytes.set(settings.characters, charactersAt);
	return bytes;
};

export const decodeSettings = (bytes: Uint8Array): TerminalSettings => {
	const view = new DataView(bytes.buffer, bytes.byteOffset, settingsSize);
	return {
		inputModes: view.getUint32(0, true),
		outputModes: view.getUint32(4, true),
		controlModes: view.getUint32(8, true),
		localModes: view.getUint32(12, true),
		line: bytes[16]!,
		characters: [...bytes.subarray(charactersAt, charactersAt + characterCount)],
	};
};

export const hasLocal = ({localModes}: TerminalSettings, flag: number): boolean =>
	(localModes & flag) !== 0;
