// Runs before every test file: whatever reaches the console during a test fails
// that test. A program whose output is the product must not print by accident.

import {afterEach, beforeEach, type MockInstance, vi} from 'vitest';

const methods = ['debug', 'info', 'log', 'warn', 'error', 'trace', 'table', 'dir'] as const;
let printed: string[] = [];
let spies: MockInstance[] = [];

beforeEach(() => {
	printed = [];
	spies = methods.map(method =>
		vi.spyOn(console, method).mockImplementation((...values: readonly unknown[]) => {
			printed.push(`console.${method}: ${values.map(String).join(' ')}`);
		}),
	);
});

afterEach(() => {
	for (const spy of spies) spy.mockRestore();
	if (printed.length > 0)
		throw new Error(`printed to the console by accident:\n${printed.join('\n')}`);
});
