// The JSON Schema of scenario files. `presets/scenario.schema.json` is this object written out, for editors; a test
// holds the two together. No `oneOf`: its messages blame all branches; what exactly one of several keys must be is
// checked by check-references.ts.

import {schedulerNames} from '../machine/setup.js';

const localText = (description: string) =>
	({
		description,
		type: ['string', 'object'],
		properties: {en: {type: 'string'}, ko: {type: 'string'}},
		required: ['en'],
		additionalProperties: false,
	}) as const;

const cycles = (description: string) => ({description, type: 'integer', minimum: 0}) as const;
const text = (description: string) => ({description, type: 'string', minLength: 1}) as const;
const flag = (description: string) => ({description, type: 'boolean'}) as const;
const oneOf = (description: string, ...values: readonly string[]) =>
	({description, type: 'string', enum: values}) as const;

const table = (
	description: string,
	properties: Readonly<Record<string, object>>,
	required: readonly string[] = [],
) => ({description, type: 'object', properties, required, additionalProperties: false}) as const;

const list = (description: string, items: object) => ({description, type: 'array', items}) as const;

const program = {
	description:
		'A C file beside the scenario, a list of C files that make one program, or a tool such as /bin/sh.',
	type: ['string', 'array'],
	items: {type: 'string', pattern: '\\.c$'},
	minItems: 1,
	minLength: 1,
} as const;

const between = {
	description: 'The two hosts of a link.',
	type: 'array',
	items: {type: 'string'},
	minItems: 2,
	maxItems: 2,
} as const;

const machine = table('The simulated computer.', {
	cpus: {description: 'Number of CPUs.', type: 'integer', minimum: 1, maximum: 64},
	quantum: {description: 'Time slice in cycles.', type: 'integer', minimum: 1},
	seed: {description: 'Seed of all randomness.', type: 'integer', minimum: 0},
	clock: {description: 'Cycles per simulated second.', type: 'integer', minimum: 1000},
	scheduler: oneOf('How the next thread is chosen.', ...schedulerNames),
});

const link = table(
	'A link between two hosts.',
	{
		between,
		latency: cycles('Cycles from one end to the other.'),
		jitter: cycles('At most so many cycles more, at random.'),
		loss: {description: 'Share of packets lost.', type: 'number', minimum: 0, maximum: 1},
	},
	['between'],
);

const process = table(
	'A process that the scenario starts.',
	{
		program,
		host: text('The host it runs on.'),
		args: list('Its arguments, argv from 1 on.', {type: 'string'}),
		at: cycles('The cycle at which it starts.'),
		environment: {
			description: 'Its environment variables.',
			type: 'object',
			additionalProperties: {type: 'string'},
		},
	},
	['program'],
);

const input = table(
	'Something from outside, played back like key presses: `at` and one action.',
	{
		at: cycles('The cycle at which it happens.'),
		write: table(
			'Bytes written into a channel.',
			{
				to: text('pipe:7, fifo:/tmp/box, tty:2 …'),
				data: {type: 'string'},
				sender: text('Of a datagram: 10.0.0.9:5000, or the path of a Unix socket.'),
			},
			['to', 'data'],
		),
		assign: table(
			'A value stored into a variable.',
			{to: text('var:*left'), value: {type: ['string', 'number']}},
			['to', 'value'],
		),
		signal: table(
			'A signal sent to a process.',
			{pid: {type: 'integer', minimum: 1}, signal: {type: ['string', 'integer']}},
			['pid', 'signal'],
		),
		type: {description: 'Text typed at the console.', type: 'string'},
		'end-input': flag('The console gives end of file from now on.'),
		link: table('A link goes down or up.', {between, up: {type: 'boolean'}}, ['between', 'up']),
	},
	['at'],
);

const condition = table('When the step is due: all that is named here holds.', {
	process: text('A process as COMMAND names it; name#2 is the second of that name.'),
	state: oneOf('The state it is in.', 'running', 'ready', 'blocked', 'stopped', 'zombie', 'ended'),
	on: text('With state blocked: the wait queue, such as pipe.read.'),
	busy: {
		description: 'It is busy waiting, in at least this share of its CPU time so far.',
		type: 'number',
		minimum: 0,
		maximum: 1,
	},
	call: text('It has made this system call.'),
	signal: text('This signal has been delivered to it.'),
	output: text('This text has been printed.'),
	variable: text('A C lvalue; with `equals`.'),
	equals: {description: 'The value of `variable`.', type: ['string', 'number']},
	channel: text('A channel, or its kind (pipe); with `holds`.'),
	holds: oneOf('What stands in the channel: all is full.', 'something', 'nothing', 'all'),
	cycle: cycles('This cycle has come.'),
	deadlock: flag('All processes wait for ever.'),
	end: flag('All processes have ended.'),
});

const guideStep = table(
	'A step of the guide.',
	{
		when: condition,
		pause: flag('Playback stops here until the user goes on.'),
		show: oneOf(
			'A pane of the dashboard that comes to the screen with this step, until a step asks for another.',
			'pipes',
			'sockets',
			'shared',
			'source',
			'timeline',
			'events',
			'console',
		),
		say: localText('What the step says.'),
		ask: localText('A question.'),
		answer: localText('Its answer, hidden until asked for.'),
		try: localText('Something to try.'),
	},
	['when', 'say'],
);

const expectation = table("A statement that the project's tests check.", {
	process: text('The process it is about.'),
	busy: oneOf('Share of its CPU time spent on busy waiting.', 'none', 'some', 'most'),
	status: {description: 'Its exit status.', type: 'integer', minimum: 0, maximum: 255},
	signal: text('The signal that killed it.'),
	stdout: {description: 'All of standard output.', type: 'string'},
	deadlock: flag('The run ends with all processes blocked for ever.'),
});

export const scenarioSchema = {
	$schema: 'http://json-schema.org/draft-07/schema#',
	title: 'ipctop scenario',
	...table(
		'A scenario of ipctop: programs, the machine they run on, and what to watch.',
		{
			title: localText('The title.'),
			summary: localText('One or two sentences on what it shows.'),
			lesson: localText('The heading under which `ipctop list` shows it.'),
			order: {description: 'Its place in the list.', type: 'number'},
			machine,
			hosts: {
				description: 'The computers, by name.',
				type: 'object',
				additionalProperties: table(
					'A host.',
					{
						address: {
							description: 'Its IPv4 address.',
							type: 'string',
							pattern: '^(\\d{1,3}\\.){3}\\d{1,3}$',
						},
					},
					['address'],
				),
			},
			links: list('The cables between hosts.', link),
			files: {
				description: 'Files that exist at the start: absolute path and text.',
				type: 'object',
				propertyNames: {pattern: '^/'},
				additionalProperties: {type: 'string'},
			},
			programs: list('Programs that no process starts with, for exec.', program),
			processes: {...list('What is started.', process), minItems: 1},
			watch: list('C lvalues shown in the Shared pane.', {type: 'string', minLength: 1}),
			inputs: list('What happens from outside.', input),
			guide: list('What playback says, when, and where it stops.', guideStep),
			expect: list("What the project's tests check.", expectation),
		},
		['processes'],
	),
} as const;
