// How the tests run: on the Node of the development dependencies, in worker
// processes (the pseudo-terminal add-on is native), and with everything printed
// to the console by accident counted as a failure.

import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 120_000,
		hookTimeout: 120_000,
		setupFiles: ['test/support/fail-on-console.ts'],
		reporters: process.env['CI'] ? ['dot'] : ['default'],
		env: {
			// Ink's testing library asks `tput` for the size on every frame without them.
			COLUMNS: '100',
			LINES: '40',
		},
	},
});
