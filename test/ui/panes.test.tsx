import assert from 'node:assert/strict';
import {Box} from 'ink';
import type {ReactElement} from 'react';
import {test} from 'vitest';
import type {PaneFrame} from '../../source/ui/components/pane.js';
import {messageLines} from '../../source/ui/components/footer.js';
import {itemInRow} from '../../source/ui/components/list-pane.js';
import {pipeList, PipePane} from '../../source/ui/panes/pipe-pane.js';
import {SharedPane} from '../../source/ui/panes/shared-pane.js';
import {SocketPane} from '../../source/ui/panes/socket-pane.js';
import {SourcePane} from '../../source/ui/panes/source-pane.js';
import {themeFor} from '../../source/ui/theme.js';
import type {Holder} from '../../source/view-model/channels.js';
import type {PipeView} from '../../source/view-model/pipes.js';
import type {SocketView} from '../../source/view-model/sockets.js';
import type {SharedView} from '../../source/view-model/shared.js';
import type {ObjectView} from '../../source/view-model/shared-objects.js';
import {lineText, lineWidth, span} from '../../source/view-model/styled-text.js';
import {simplify} from '../../source/view-model/text-width.js';
import {renderAt} from '../support/fake-stdout.js';

const frameOf = (width: number, height: number): PaneFrame => ({
	area: {x: 0, y: 0, width, height},
	isFocused: false,
	theme: themeFor('mono', 'none'),
	isAscii: false,
});

/** The rows inside a pane's frame, without what is empty at their ends. */
const rowsOf = (pane: ReactElement, {area: {width, height}}: PaneFrame): readonly string[] => {
	using screen = renderAt(
		<Box width={width} height={height}>
			{pane}
		</Box>,
		{columns: width, rows: height},
	);
	return screen
		.lines()
		.slice(1, height - 1)
		.map(row => row.slice(1, width - 1).trimEnd());
};

const holder = (name: string, pid: number, ...descriptors: number[]): Holder => ({
	pid,
	name: `${name}(${pid})`,
	descriptors,
});

const pipe = (change: Partial<PipeView> = {}): PipeView => ({
	kind: 'pipe',
	id: 7,
	name: 'pipe:7',
	fill: 0,
	capacity: 65_536,
	text: '',
	bytesIn: 0,
	bytesOut: 0,
	readers: [holder('worker', 3, 3), holder('sleeper', 4, 3)],
	writers: [holder('worker', 3, 4), holder('sleeper', 4, 4)],
	blockedReaders: ['sleeper(4)'],
	blockedWriters: [],
	opening: [],
	pids: new Set([3, 4]),
	...change,
});

const pipeRows = (pipes: readonly PipeView[], frame: PaneFrame) =>
	rowsOf(
		<PipePane
			frame={frame}
			pipes={pipes}
			hasRadio={false}
			selected={undefined}
			marked={new Set()}
			language="en"
		/>,
		frame,
	);

test('the ends of a pipe go on in the next row where there is one to spare, and say less where there is none', () => {
	assert.deepEqual(pipeRows([pipe()], frameOf(58, 7)).slice(1), [
		'   write worker(3):4 sleeper(4):4',
		'   → read worker(3):3 sleeper(4):3 blocked: sleeper(4)',
		'',
		'',
	]);
	const endsIn = (width: number) => pipeRows([pipe()], frameOf(width, 4))[1];
	assert.equal(
		endsIn(80),
		'   worker(3):4 sleeper(4):4 → worker(3):3 sleeper(4):3 blocked: sleeper(4)',
	);
	assert.equal(endsIn(70), '   worker(3) sleeper(4) → worker(3) sleeper(4) blocked: sleeper(4)');
	assert.equal(endsIn(58), '   (3) (4) → (3) (4) blocked: (4)');
});

const callers = [
	pipe({name: 'pipe:7', readers: [4, 5, 6].map(pid => holder('caller', pid, 3))}),
	pipe({name: 'pipe:10', writers: [holder('caller', 5, 4)], readers: [holder('caller', 6, 5)]}),
	pipe({name: 'pipe:13', writers: [holder('caller', 6, 4)], readers: [holder('caller', 6, 5)]}),
].map(view => ({...view, blockedReaders: []}));

test('all pipes say as much about their ends, and rows that are left go to those that need them', () => {
	const ends = pipeRows(callers, frameOf(60, 9)).filter(row => !/^.pipe/.test(row));
	assert.deepEqual(ends, [
		'   write worker(3):4 sleeper(4):4',
		'   → read caller(4):3 caller(5):3 caller(6):3',
		'   write caller(5):4 → read caller(6):5',
		'   write caller(6):4 → read caller(6):5',
	]);
	// A row less, and what needs two rows breaks anywhere but behind a word that introduces a name.
	const dense = pipeRows([pipe()], frameOf(56, 5));
	assert.deepEqual(dense.slice(1), [
		'   write worker(3):4 sleeper(4):4 → read worker(3):3',
		'   sleeper(4):3 blocked: sleeper(4)',
	]);
	const narrow = pipeRows(callers, frameOf(40, 8));
	assert.deepEqual(
		narrow.filter((_, row) => row % 2 === 1),
		['   (3) (4) → (4) (5) (6)', '   (5) → (6)', '   (6) → (6)'],
	);
});

test('pipes of one row each name their ends, who sleeps there, and what is in them', () => {
	const words = {writers: [holder('words', 4, 5)], readers: [holder('upper', 5, 4)]};
	const pipes = [
		pipe({...words, name: 'pipe:10', blockedReaders: ['upper(5)']}),
		pipe({...words, name: 'pipe:13', blockedReaders: [], fill: 12, text: 'one two three'}),
	];
	assert.deepEqual(pipeRows(pipes, frameOf(40, 4)), [
		'▸pipe:10 words(4) → upper(5) blocked',
		' pipe:13 words(4) → upper(5) 12 "one …',
	]);
});

test('the bytes in a pipe have the rows that its ends leave, or the end of a row', () => {
	const text = 'x'.repeat(100);
	const frame = frameOf(58, 8);
	const filled = pipe({fill: 100, text, readers: [], blockedReaders: []});
	const counted = (rows: readonly string[]) =>
		rows.map(row => row.replaceAll(/x+/g, run => String(run.length)));
	const ends = '   write worker(3):4 sleeper(4):4 → read nobody';
	assert.deepEqual(counted(pipeRows([filled], frame).slice(1, 4)), [ends, '   "51', '   49"']);
	assert.deepEqual(counted(pipeRows([filled], frameOf(70, 4)).slice(1)), [`${ends} "17…`]);
	const long = pipeRows([pipe({fill: 65_536, text: 'x'.repeat(400)})], frame);
	assert.match(long.find(row => row.includes('xxx'))!, /^ {3}"x+$/);
	assert.match(long.filter(row => row.includes('xxx')).at(-1)!, /^ {3}x+…$/);
});

test('pipes stand apart where there is room', () => {
	const rows = pipeRows(
		[pipe({name: 'pipe:7'}), pipe({name: 'pipe:8', fill: 1, text: 'x'})],
		frameOf(100, 10),
	);
	assert.deepEqual(
		rows.map(row => /pipe:\d/.exec(row)?.[0] ?? (row === '' ? '' : 'text')),
		['pipe:7', 'text', '', '', 'pipe:8', 'text', 'text', ''],
	);
});

test('of thousands at the ends of a pipe a few are named, and the others counted', () => {
	let asked = 0;
	const many = Array.from({length: 2000}, (_, index) => ({
		...holder('child', index + 4, 3),
		get name() {
			asked++;
			return `child(${index + 4})`;
		},
	}));
	const sleepers = {
		length: many.length,
		*[Symbol.iterator]() {
			for (const {name} of many) yield name;
		},
	};
	const rows = pipeRows([pipe({readers: many, blockedReaders: sleepers})], frameOf(60, 12));
	assert.match(rows.join(' '), /→ read child\(4\):3 child\(5\):3 .* 1,98\d more/);
	assert.match(rows.join(' '), /blocked: child\(4\) .* 1,9\d\d more/);
	assert.ok(asked < 200, `${asked} names`);
});

test('where the radio was in use and no pipe is open, the pane stays the radio’s', () => {
	const frame = frameOf(60, 6);
	const paneOf = (hasRadio: boolean) =>
		rowsOf(
			<PipePane
				frame={frame}
				pipes={[]}
				hasRadio={hasRadio}
				selected={undefined}
				marked={new Set()}
				language="en"
			/>,
			frame,
		)[0];
	assert.deepEqual(
		[paneOf(true), paneOf(false)],
		[' Nobody has the radio open.', ' No pipe or FIFO is open.'],
	);
});

test('the marks of the interface come through where names are made safe', () => {
	for (const mark of '▶◀⏸■✖‖●▸◂≈→←↑↓·─█▒…×') assert.equal(simplify(mark), mark);
});

const socket = (change: Partial<SocketView> = {}): SocketView => ({
	key: 'tcp:*:8000',
	protocol: 'tcp',
	host: 'server',
	isDatagram: false,
	state: 'LISTEN',
	receiveQueue: 0,
	sendQueue: 16,
	local: '*:8000',
	peer: '*',
	holders: [holder('worker', 6, 3), holder('worker', 7, 3)],
	pids: new Set([6, 7]),
	text: '',
	inFlight: 0,
	flyingText: '',
	blocked: ['worker(6)', 'worker(7)'],
	...change,
});

test('who holds a socket is said wherever there is a second row for it', () => {
	const rows = (sockets: readonly SocketView[], frame: PaneFrame) =>
		rowsOf(
			<SocketPane
				frame={frame}
				sockets={sockets}
				hosts={['server']}
				cut={[]}
				selected={undefined}
				pid={undefined}
				language="en"
			/>,
			frame,
		);
	const connected = socket({
		key: 'tcp:1',
		state: 'ESTAB',
		sendQueue: 0,
		local: '10.0.0.1:32768',
		peer: '10.0.0.2:8000',
		holders: [holder('client', 9, 3)],
		blocked: ['client(9)'],
	});
	const [, listening, , end] = rows([socket(), connected], frameOf(60, 6));
	assert.equal(listening, '   LISTEN backlog 0 of 16 worker(6):3 worker(7):3 blocked');
	assert.equal(end, '   ESTAB client(9):3 blocked');
	const one = socket({blocked: ['worker(7)']});
	assert.deepEqual(rows([one, connected], frameOf(60, 8)).slice(1, 3), [
		'   LISTEN backlog 0 of 16 worker(6):3 worker(7):3',
		'   blocked: worker(7)',
	]);
	// What moves has what is left: nobody is cut off for it.
	const full = socket({...connected, receiveQueue: 90, text: 'x'.repeat(90)});
	const crowded = rows([full, {...connected, key: 'tcp:2'}], frameOf(60, 6));
	assert.match(crowded[0]!, /^▸tcp 10\.0\.0\.1:32768 → 10\.0\.0\.2:8000 "x+…$/);
	assert.deepEqual(
		[crowded[1], crowded[3]],
		['   ESTAB RECV-Q 90 client(9):3 blocked', '   ESTAB client(9):3 blocked'],
	);
	const pair = socket({key: 'unix:7', protocol: 'unix', local: '*', peer: 'unix:8'});
	assert.match(rows([pair], frameOf(60, 5))[0]!, /unix 7 → 8$/);
	assert.match(rows([connected], frameOf(120, 6))[1]!, / client\(9\)$/);
});

test('a socket that has one row says its state before who holds it: of a listener, how many wait', () => {
	const many = ['one', 'two', 'three', 'four'].map((name, index) => holder(name, index + 5, 3));
	const sockets = [
		socket({receiveQueue: 5, holders: many, blocked: []}),
		socket({
			key: 'udp:1',
			protocol: 'udp',
			state: 'UNCONN',
			sendQueue: 0,
			local: '*:9',
			blocked: [],
		}),
		socket({
			key: 'tcp:1',
			state: 'ESTAB',
			receiveQueue: 3,
			local: '10.0.0.1:1',
			peer: '10.0.0.2:2',
			blocked: [],
		}),
	];
	const frame = frameOf(60, 5);
	const rows = rowsOf(
		<SocketPane
			frame={frame}
			sockets={sockets}
			hosts={['server']}
			cut={[]}
			selected={undefined}
			pid={undefined}
			language="en"
		/>,
		frame,
	);
	assert.deepEqual(
		rows.map(row => row.slice(1)),
		[
			'tcp *:8000 LISTEN backlog 5 of 16 (5) (6) (7) (8)',
			'udp *:9 UNCONN worker(6) worker(7)',
			'tcp 10.0.0.1:1→10.0.0.2:2 RECV-Q 3 SEND-Q 16 (6) (7)',
		],
	);
});

test('sockets of several hosts say where they are, and those with one address which they are', () => {
	const rows = (width: number, hosts: readonly string[]) => {
		const frame = frameOf(width, 7);
		const desk = {protocol: 'unix', state: 'ESTAB', local: '/desk', blocked: []} as const;
		const sockets = [
			socket({...desk, key: 'unix:/desk', host: 'alpha', state: 'LISTEN', sendQueue: 4096}),
			socket({...desk, key: 'unix:/desk#15', host: 'alpha', peer: 'unix:13', sendQueue: 0}),
		];
		return rowsOf(
			<SocketPane
				frame={frame}
				sockets={sockets}
				hosts={hosts}
				cut={[]}
				selected={undefined}
				pid={undefined}
				language="en"
			/>,
			frame,
		);
	};
	assert.deepEqual(
		rows(60, ['alpha', 'beta']).filter((_, row) => row < 4),
		[
			'▸alpha unix /desk',
			'   LISTEN backlog 0 of 4096 worker(6):3 worker(7):3',
			' alpha unix /desk#15 → 13',
			'   ESTAB worker(6):3 worker(7):3',
		],
	);
	assert.equal(rows(60, ['alpha'])[0], '▸unix /desk');
	assert.match(rows(130, ['alpha', 'beta'])[0]!, /^ HOST +PROT +STATE/);
	assert.match(rows(130, ['alpha', 'beta'])[3]!, /^ alpha unix ESTAB +0 +0 \/desk#15 +13 /);
});

test('that a link is cut is said where the sockets are, which know nothing of it', () => {
	const frame = frameOf(60, 5);
	using screen = renderAt(
		<Box width={60} height={5}>
			<SocketPane
				frame={frame}
				sockets={[socket()]}
				hosts={['alpha', 'beta']}
				cut={['alpha–beta']}
				selected={undefined}
				pid={undefined}
				language="en"
			/>
		</Box>,
		{columns: 60, rows: 5},
	);
	assert.match(screen.lines()[0]!, /3 Sockets 1 alpha–beta: cut ─/);
});

test('a row of the mouse is the item that stands there, however many rows each has', () => {
	const list = pipeList({
		frame: frameOf(60, 10),
		pipes: callers,
		hasRadio: false,
		selected: undefined,
		marked: new Set(),
		language: 'en',
	});
	const found = Array.from({length: 9}, (_, row) => itemInRow(list, row));
	assert.deepEqual(found, [0, 0, 0, 1, 1, 2, 2, undefined, undefined]);
});

test('who else stands on a line of source is seen whole, and the line is cut for it', () => {
	const frame = frameOf(40, 4);
	const lineOf = (text: string, others: string) => ({
		number: 24,
		text: [span(text)],
		isCurrent: false,
		isHot: false,
		others,
	});
	const long = 'if (write(fd, words[i], strlen(words[i])) == -1)';
	const rows = rowsOf(
		<SourcePane
			frame={frame}
			view={{
				kind: 'source',
				title: 'parent(3)',
				file: 'a.c',
				line: 9,
				lineCount: 30,
				inside: '',
				hasEnded: false,
				lines: [lineOf(long, '4'), lineOf('sleep(1);', '5,6')],
			}}
			found={undefined}
			language="en"
		/>,
		frame,
	);
	assert.deepEqual(rows, ['  24 if (write(fd, words[i], str…  ◂ 4', '  24 sleep(1);  ◂ 5,6']);
});

test('what is shared has rows for who sees it and for what is in it, and an offset stands once', () => {
	const nobody = {blocked: [], pids: new Set<number>(), value: '', limit: 0, offsets: []};
	const queue: ObjectView = {
		...nobody,
		kind: 'queue',
		key: 'mq:/orders',
		name: 'mq:/orders',
		count: 2,
		size: 11,
		limit: 4,
		text: '1:"soup" | 1:"noodles"',
		bytes: '',
		users: [{names: ['waiter(3):3', 'cook(4):3'], place: ''}],
	};
	const file: ObjectView = {
		...nobody,
		kind: 'file',
		key: 'file:/note',
		name: 'file:/note',
		count: 0,
		size: 4,
		text: '',
		bytes: 'one\\n',
		users: [
			{names: ['parent(3):3', 'child(4):3'], place: '@4'},
			{names: ['reader(5):3'], place: '@0'},
		],
	};
	const rows = (items: readonly SharedView[], width: number, height: number) => {
		const frame = frameOf(width, height);
		return rowsOf(
			<SharedPane frame={frame} items={items} selected={undefined} pid={undefined} language="en" />,
			frame,
		);
	};
	assert.deepEqual(rows([queue, file], 60, 8), [
		'▸mq:/orders   2/4',
		'   waiter(3):3 cook(4):3',
		'   1:"soup" | 1:"noodles"',
		' file:/note   4',
		'   parent(3):3 child(4):3 @4, reader(5):3 @0',
		'   "one\\n"',
	]);
	assert.deepEqual(rows([queue, file], 60, 6), [
		'▸mq:/orders   2/4  1:"soup" | 1:"noodles"',
		'   waiter(3):3 cook(4):3',
		' file:/note   4    "one\\n"',
		'   parent(3):3 child(4):3 @4, reader(5):3 @0',
	]);
	const system = {...queue, key: 'msg:0', name: 'msg:0', size: 8, limit: 16_384, users: []};
	assert.match(rows([system], 60, 6)[0]!, /msg:0 +2 messages, 8 of 16K/);
	assert.match(rows([{...system, count: 1}], 60, 6)[0]!, /1 message, 8 of 16K/);
});

test('a long message has the rows that it needs, four at most, and says that it goes on', () => {
	const words = 'somebody waits for somebody '.repeat(40);
	const rowsFor = (text: string, columns: number) => messageLines({text, tone: 'error'}, columns);
	assert.equal(rowsFor('Deadlock', 40).length, 1);
	assert.equal(rowsFor('x '.repeat(30), 40).length, 2);
	for (const columns of [40, 80, 120]) {
		const lines = rowsFor(words, columns);
		assert.equal(lines.length, 4);
		for (const line of lines) assert.ok(lineWidth(line) <= columns, lineText(line));
		assert.match(lineText(lines[3]!), / \S.*…$/);
		assert.doesNotMatch(lineText(lines[2]!), /…/);
	}
});
