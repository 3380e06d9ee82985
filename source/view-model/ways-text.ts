// The table of ways of communication as texts, in both languages. Rows of a Way become rows of cells; what the cells mean
// stands in ways.ts.

import type {WayKind} from './deliveries.js';
import type {Language} from './language.js';
import {formatShare, groupDigits} from './units.js';
import type {Receiver, Way} from './ways.js';

/** A way, and the scenario in whose run it was seen. */
export type NamedWay = Way & {readonly preset: string};

type Local = {readonly en: string; readonly ko: string};

const kindNames: Readonly<Record<WayKind, Local>> = {
	var: {en: 'shared variable', ko: '공유 변수'},
	file: {en: 'file', ko: '파일'},
	pipe: {en: 'pipe', ko: '파이프'},
	fifo: {en: 'FIFO', ko: 'FIFO'},
	unix: {en: 'Unix socket', ko: '유닉스 소켓'},
	tcp: {en: 'TCP', ko: 'TCP'},
	udp: {en: 'UDP', ko: 'UDP'},
	mq: {en: 'message queue', ko: '메시지 큐'},
	msg: {en: 'message queue (SysV)', ko: '메시지 큐 (SysV)'},
	radio: {en: 'radio', ko: '무전기'},
	eventfd: {en: 'eventfd', ko: 'eventfd'},
	signal: {en: 'signal', ko: '시그널'},
};

const words = {
	preset: {en: 'PRESET', ko: '프리셋'},
	mechanism: {en: 'BY', ko: '수단'},
	parties: {en: 'WHO', ko: '누가'},
	direction: {en: 'DIRECTION', ko: '방향'},
	notice: {en: 'TELLS THE RECEIVER', ko: '도착을 알려 주는가'},
	calls: {en: 'OPEN/CLOSE', ko: '열기/닫기'},
	relation: {en: 'RELATIVES ONLY', ko: '가족만'},
	hosts: {en: 'COMPUTERS', ko: '컴퓨터'},
	cpu: {en: 'RECEIVER CPU', ko: '받는 쪽 CPU'},
	busy: {en: 'BUSY%', ko: 'BUSY%'},
	switches: {en: 'CSW', ko: 'CSW'},
	delay: {en: 'DELAY', ko: '지연'},
	none: {en: 'none: each has its own', ko: '없음: 저마다 따로'},
	'one-way': {en: 'one-way', ko: '단방향'},
	acknowledged: {en: 'one-way, acknowledged', ko: '단방향, 받았다고 알림'},
	'half-duplex': {en: 'half-duplex', ko: '반이중'},
	inTurns: {en: 'two-way, in turns', ko: '양방향, 번갈아'},
	atOnce: {en: 'two-way, at once', ko: '양방향, 동시에'},
	told: {en: 'yes', ko: '예'},
	both: {en: 'if it blocks', ko: '블록하면 예'},
	asked: {en: 'no: it has to look', ko: '아니요: 직접 봐야 함'},
	unused: {en: 'was never needed', ko: '필요한 적 없음'},
	nothing: {en: 'no', ko: '없음'},
	threads: {en: 'one process', ko: '한 프로세스'},
	inherited: {en: 'yes: inherited', ko: '예: 물려받음'},
	named: {en: 'no: by name', ko: '아니요: 이름으로'},
	handed: {en: 'no: handed over', ko: '아니요: 건네받음'},
} as const satisfies Readonly<Record<string, Local>>;

const direction = (way: Way): keyof typeof words => {
	if (way.direction === 'two-way') return way.isAtOnce ? 'atOnce' : 'inTurns';
	return way.direction === 'one-way' && way.isAcknowledged ? 'acknowledged' : way.direction;
};

const parties = ({senders, receivers, direction: way}: Way): string => {
	const names = (list: readonly string[]): string =>
		list.length > 2 ? `${list[0]} … ${list.at(-1)}` : list.join(', ');
	const receiving = [...new Set(receivers.map(({name}) => name))];
	const others = receiving.filter(name => !senders.includes(name));
	if (way === 'none') return `${names(senders)} | ${names(receiving)}`;
	if (way === 'one-way') return `${names(senders)} → ${names(receiving)}`;
	const [first = '', ...rest] = senders;
	const facing = [...rest, ...others];
	return `${first} ↔ ${names(facing.length > 0 ? facing : [first])}`; // A parent and its child may have one name.
};

const mechanism = ({kind, channels}: Way, language: Language): string => {
	const name = kindNames[kind][language];
	return channels.length > 1 && /^(var|pipe|fifo|file)$/.test(kind)
		? `${channels.length} × ${name}`
		: name;
};

const notice = ({notice: kind, queues}: Way, language: Language): string =>
	kind === 'told' || kind === 'both'
		? `${words[kind][language]}: ${queues.join(', ')}`
		: words[kind][language];

/** Receivers' figures: of one or two, or of the first where there are more. */
const figure = (receivers: readonly Receiver[], of: (receiver: Receiver) => string): string =>
	receivers.length > 2 ? `${receivers.map(of)[0]} …` : receivers.map(of).join(' / ');

/** One row of cells per way; every row has the same keys, the column headings. */
export const wayRows = (
	ways: readonly NamedWay[],
	language: Language,
): ReadonlyArray<Readonly<Record<string, string>>> =>
	ways.map(way => {
		const {receivers, delay, calls} = way;
		const hasMessages = way.direction !== 'none';
		const cells: ReadonlyArray<readonly [keyof typeof words, string]> = [
			['preset', way.preset],
			['mechanism', mechanism(way, language)],
			['parties', parties(way)],
			['direction', words[direction(way)][language]],
			['notice', hasMessages ? notice(way, language) : '-'],
			['calls', calls.length > 0 ? calls.join(' ') : words.nothing[language]],
			['relation', hasMessages ? words[way.relation][language] : '-'],
			['hosts', String(way.hosts)],
			['cpu', figure(receivers, ({cpu}) => groupDigits(cpu))],
			['busy', figure(receivers, ({cpu, busy}) => formatShare(cpu > 0 ? busy / cpu : 0))],
			['switches', figure(receivers, ({contextSwitches}) => String(contextSwitches))],
			['delay', delay ? groupDigits(delay.median) : '-'],
		];
		return Object.fromEntries(cells.map(([key, cell]) => [words[key][language], cell]));
	});

/** What the columns mean, below the table. */
export const waysLegend: Local = {
	en: 'Every cell is read off the run of the preset. Receiver CPU: cycles, all of its life; BUSY%: their share spent in busy waiting; CSW: context switches; delay: cycles from write to receipt, the middle one. Relatives only, computers: as it was in this run.',
	ko: '모든 칸은 프리셋을 실행한 결과에서 읽어 낸 것입니다. 받는 쪽 CPU: 사는 동안 쓴 사이클, BUSY%: 그중 바쁜 대기의 비율, CSW: 문맥 전환 횟수, 지연: 쓰고 나서 받을 때까지의 사이클(중앙값). 가족만, 컴퓨터: 이번 실행에서 그랬다는 뜻입니다.',
};
