// From what a terminal sends to names of keys: `Up`, `F5`, `Ctrl-L`, `Shift-Tab`, `Space`, or the character itself.
// Fast typing arrives as one piece: it is taken apart.

const escapeSequences: Readonly<Record<string, string>> = {
	'[A': 'Up',
	'[B': 'Down',
	'[C': 'Right',
	'[D': 'Left',
	'[H': 'Home',
	'[F': 'End',
	'[Z': 'Shift-Tab',
	'[1~': 'Home',
	'[2~': 'Insert',
	'[3~': 'Delete',
	'[4~': 'End',
	'[5~': 'PageUp',
	'[6~': 'PageDown',
	'[7~': 'Home',
	'[8~': 'End',
	'[11~': 'F1',
	'[12~': 'F2',
	'[13~': 'F3',
	'[14~': 'F4',
	'[15~': 'F5',
	'[17~': 'F6',
	'[18~': 'F7',
	'[19~': 'F8',
	'[20~': 'F9',
	'[21~': 'F10',
	'[23~': 'F11',
	'[24~': 'F12',
	// With Ctrl: xterm and those like it, then PuTTY's and the console's number in xterm's way, then rxvt. The Linux console
	// sends the same as without Ctrl.
	'[1;5H': 'Ctrl-Home',
	'[1;5F': 'Ctrl-End',
	'[1;5~': 'Ctrl-Home',
	'[4;5~': 'Ctrl-End',
	'[7;5~': 'Ctrl-Home',
	'[8;5~': 'Ctrl-End',
	'[7^': 'Ctrl-Home',
	'[8^': 'Ctrl-End',
	'[[A': 'F1',
	'[[B': 'F2',
	'[[C': 'F3',
	'[[D': 'F4',
	'[[E': 'F5',
	OA: 'Up',
	OB: 'Down',
	OC: 'Right',
	OD: 'Left',
	OH: 'Home',
	OF: 'End',
	OP: 'F1',
	OQ: 'F2',
	OR: 'F3',
	OS: 'F4',
};

const controls: Readonly<Record<string, string>> = {
	'\r': 'Enter',
	'\n': 'Enter',
	'\t': 'Tab',
	'\u001B': 'Escape',
	'\u007F': 'Backspace',
	'\b': 'Backspace',
	' ': 'Space',
};

const piece = /\u001B(?:\[\[[A-E]|\[\d+\$|\[[\d;?<]*[ -/]*[@-~]|O[A-Za-z])|[\s\S]/gu;

/** The keys in a piece of input, in order. Sequences that mean no key are left out. */
export const keysOf = (input: string): readonly string[] =>
	[...input.matchAll(piece)].flatMap(([text]) => {
		if (text.length > 1 && text.startsWith('\u001B')) {
			const name = escapeSequences[text.slice(1)];
			return name === undefined ? [] : [name];
		}
		const control = controls[text];
		if (control !== undefined) return [control];
		const code = text.codePointAt(0)!;
		if (code < 32) return [`Ctrl-${String.fromCharCode(code + 64)}`];
		return [text];
	});
