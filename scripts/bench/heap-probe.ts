// What a command holds in memory, garbage apart: on a signal it collects all of its garbage and says how much is left. What
// the system tells of its memory is mostly V8's, which takes and gives back as it likes.

import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';

const mebibyte = 2 ** 20;

/** Environment of a Node command that can be probed, with the file in which it answers. */
export const probed = (answer: string): Readonly<Record<string, string>> => {
	const probe = `import {writeFileSync} from 'node:fs'; process.on('SIGUSR2', () => { gc(); gc(); const {heapUsed, external} = process.memoryUsage(); writeFileSync(${JSON.stringify(answer)}, String(heapUsed + external)); });`;
	return {
		NODE_OPTIONS: `--expose-gc --import=data:text/javascript,${encodeURIComponent(probe)}`,
	};
};

/** MiB that the command holds. */
export const heldMebibytes = async (pid: number, answer: string): Promise<number> => {
	process.kill(pid, 'SIGUSR2');
	await sleep(500);
	return Number(readFileSync(answer, 'utf8')) / mebibyte;
};
