import assert from 'node:assert/strict';
import {Box} from 'ink';
import type {ReactElement} from 'react';
import {test} from 'vitest';
import type {PaneFrame} from '../../source/ui/components/pane.js';
import {messageLines} from '../../source/ui/components/footer.js';
import {PipePane} from '../../source/ui/panes/pipe-pane.js';
import {SocketPane} from '../../source/ui/panes/socket-pane.js';
import {themeFor} from '../../source/ui/theme.js';
import type {Holder} from '../../source/view-model/channels.js';
import type {PipeView} from '../../source/view-model/pipes.js';
import type {SocketView} from '../../source/view-model/sockets.js';
import {lineText, lineWidth} from '../../source/view-model/styled-text.js';
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
		<PipePane frame={frame} pipes={pipes} selected={undefined} marked={new Set()} language="en" />,
		frame,
	);

test('the ends of a pipe go on in the next row where there is one to spare, and are cut short where there is none', () => {
	assert.deepEqual(pipeRows([pipe()], frameOf(58, 7)).slice(2), [
		'   write worker(3):4 sleeper(4):4 → read worker(3):3',
		'   sleeper(4):3 blocked: sleeper(4)',
		'',
	]);
	const [, , ends] = pipeRows([pipe()], frameOf(66, 5));
	assert.equal(ends, '   worker(3) sleeper(4) → worker(3) sleeper(4) blocked: sleeper…');
});

test('the bytes in a pipe have the rows that its ends leave', () => {
	const text = 'x'.repeat(100);
	const frame = frameOf(58, 8);
	const rows = pipeRows([pipe({fill: 100, text, readers: [], blockedReaders: []})], frame);
	assert.deepEqual(
		rows.slice(1, 4).map(row => row.replaceAll(/x+/g, run => String(run.length))),
		['   "51', '   49"', '   write worker(3):4 sleeper(4):4 → read nobody'],
	);
	const long = pipeRows([pipe({fill: 65_536, text: 'x'.repeat(400)})], frame);
	assert.match(long[1]!, /^ {3}"x+$/);
	assert.match(long.filter(row => row.includes('xxx')).at(-1)!, /^ {3}x+…$/);
});

test('pipes stand apart where there is room', () => {
	const rows = pipeRows([pipe({name: 'pipe:7'}), pipe({name: 'pipe:8'})], frameOf(100, 10));
	assert.deepEqual(
		rows.map(row => /pipe:\d/.exec(row)?.[0] ?? (row === '' ? '' : 'text')),
		['pipe:7', 'text', 'text', '', 'pipe:8', 'text', 'text', ''],
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
	assert.equal(listening, '   LISTEN backlog 0 of 16 worker(6) worker(7) blocked: wo…');
	assert.equal(end, '   ESTAB recv 0 send 0 client(9):3 blocked');
	const roomy = rows([socket(), connected], frameOf(60, 8));
	assert.deepEqual(roomy.slice(1, 3), [
		'   LISTEN backlog 0 of 16 worker(6):3 worker(7):3',
		'   blocked: worker(6) worker(7)',
	]);
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
			selected={undefined}
			pid={undefined}
			language="en"
		/>,
		frame,
	);
	assert.deepEqual(
		rows.map(row => row.slice(1)),
		[
			'tcp *:8000 LISTEN backlog 5 of 16 one(5) two(6) three(7)…',
			'udp *:9 UNCONN worker(6) worker(7)',
			'tcp 10.0.0.1:1→10.0.0.2:2 ESTAB 3/16',
		],
	);
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
