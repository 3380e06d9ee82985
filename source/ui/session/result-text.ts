// What came of an input, and what the machine had to do to a program, in the user's language. The machine says it in
// English, because its trace must be the same everywhere.

import {type Language, say} from '../../view-model/language.js';
import type {StringKey} from '../../view-model/strings.js';

/** The machine's sentences; the groups are the values of the texts. */
const sentences: ReadonlyArray<readonly [RegExp, StringKey]> = [
	[/^1 byte written$/, 'result.writtenOne'],
	[/^(?<count>\d+) bytes written$/, 'result.written'],
	[/^a process would have got (?<errno>\w+)$/, 'result.errno'],
	[/^a process would have been blocked$/, 'result.blocked'],
	[/^there is no channel (?<channel>.*)$/s, 'result.noChannel'],
	[/^end of input$/, 'result.endOfInput'],
	[/^ESRCH: there is no such process$/, 'result.noProcess'],
	[/^there is no link between (?<one>.*) and (?<other>.*)$/s, 'result.noLink'],
	[/^the link is up$/, 'result.linkUp'],
	[/^the link is cut$/, 'result.linkCut'],
	[/^no process is alive$/, 'result.nobody'],
	[/^process (?<pid>\d+) is not alive$/, 'result.notAlive'],
	[/^'(?<value>.*)' is no integer constant$/s, 'result.noInteger'],
	[/^'(?<value>.*)' is no number$/s, 'result.noNumber'],
	[/^(?<name>.*) can't be written$/s, 'result.notWritable'],
	[/^(?<name>.*) is a bit-field: it can't be set from outside$/s, 'result.bitField'],
	[/^a (?<kind>\w+) can't be set as a whole: name a member$/, 'result.whole'],
	[/^the text has (?<size>\d+) bytes with its NUL, the array (?<room>\d+)$/, 'result.textTooLong'],
	[/^no variable '(?<name>.*)' in (?<process>.*)$/s, 'result.noVariable'],
	[/^process (?<pid>\d+) \((?<name>.*)\) killed: out of memory$/s, 'notice.memory'],
	[
		/^process (?<pid>\d+) \((?<name>.*)\) killed: the programs have printed (?<size>.*), the limit$/s,
		'notice.output',
	],
	[
		/^process (?<pid>\d+) \((?<name>.*)\) gets SIGXFSZ: (?<path>.*) has reached (?<size>.*), the limit$/s,
		'notice.fileSize',
	],
];

/** The sentence in the language; as it is where it has no words (`*left = 5`). */
export const resultText = (text: string, language: Language): string => {
	if (language === 'en') return text;
	for (const [pattern, key] of sentences) {
		const match = pattern.exec(text);
		if (match) return say(language, key, match.groups);
	}
	return text;
};
