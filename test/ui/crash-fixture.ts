// A dashboard that breaks while it runs: what terminal.test.ts starts to see what is left behind. The way it breaks is
// its argument.

import process from 'node:process';
import {startDashboard} from '../../source/ui/start.js';
import {setupOf} from '../support/machine-setup.js';

const setup = setupOf({spin: 'int main(void) { for (volatile int i = 0;;) i = i + 1; }'});
let calls = 0;

try {
	process.exitCode = await startDashboard({
		scenario: {
			name: 'spin',
			title: 'Spin',
			summary: '',
			setup,
			watch: [],
			inputs: [],
			guide: () => ({
				look() {
					calls++;
					if (process.argv[2] === 'timer' && calls > 300) throw new Error('broken in a timer');
					return undefined;
				},
				save: () => undefined,
				restore: () => undefined,
			}),
		},
		presets: [{name: 'spin', title: 'Spin', summary: ''}],
		load: () => {
			throw new Error('broken in a key');
		},
		language: 'en',
	});
} catch (error) {
	process.stderr.write(`failed: ${(error as Error).message}\n`);
	process.exitCode = 1;
}
