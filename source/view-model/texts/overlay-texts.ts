// What opens over the panes, and the screen that is too small.

import {text} from './text.js';

export const overlayTexts = {
	'link.title': text('Links between hosts', '호스트 사이의 링크'),
	'link.hint': text('Enter cuts or mends, Esc closes', 'Enter 끊기/잇기, Esc 닫기'),
	'link.up': text('up', '연결'),
	'link.down': text('cut', '끊김'),

	'screen.tooSmall': text(
		'{columns}x{rows} is too small: ipctop needs 40x10.',
		'{columns}x{rows}: 너무 작습니다. 40x10 이상이 필요합니다.',
	),
	'screen.tooSmallShort': text('needs 40x10', '40x10 필요'),

	'picker.title': text('Presets', '프리셋'),
	'picker.hint': text(
		'type to search, Enter opens, Esc closes',
		'입력하여 검색, Enter 열기, Esc 닫기',
	),
	'picker.none': text('No preset matches.', '해당하는 프리셋이 없습니다.'),

	'graph.title': text('Who waits for whom', '누가 누구를 기다리는가'),
	'graph.none': text('Nobody is blocked.', '대기 중인 것이 없습니다.'),
	'graph.outside': text('nobody: it ends by itself', '아무도 아님: 저절로 끝남'),
	'graph.orItself': text('{names}, or it ends by itself', '{names}, 또는 저절로 끝남'),
	'graph.stopped': text('stopped', '정지'),
	'graph.deadlock': text(
		'Deadlock: those marked ✖ wait for ever; nobody is left who could end it.',
		'교착 상태: ✖ 표시된 것들은 영원히 기다립니다. 끝낼 수 있는 쪽이 남아 있지 않습니다.',
	),
	'graph.noDeadlock': text('No deadlock.', '교착 상태가 아닙니다.'),

	'compare.title': text('Ways of communication', '통신 방법 비교'),
	'compare.hint': text('Enter opens the preset, Esc closes', 'Enter 프리셋 열기, Esc 닫기'),
	'compare.running': text('The scenarios are being run …', '시나리오를 실행하는 중 …'),
	'compare.none': text(
		'Nobody received anything from anybody else.',
		'누구도 다른 누구에게서 무엇을 받지 않았습니다.',
	),

	'signal.title': text('Send a signal to {name}', '{name}에 시그널 보내기'),
	'signal.hint': text('Enter sends, Esc closes', 'Enter 보내기, Esc 닫기'),

	'help.title': text('Help — keys', '도움말 — 키'),
	'help.colours': text('What the words and colours mean', '말과 색의 뜻'),
	'help.useful': text('CPU cycles that did something', '무언가를 한 CPU 사이클'),
	'help.busy': text(
		'CPU cycles burnt on busy waiting: turns of a loop that change nothing',
		'바쁜 대기로 태운 CPU 사이클: 아무것도 바꾸지 않는 반복',
	),
	'help.ready': text('could run, but has no CPU', '실행할 수 있지만 CPU가 없음'),
	'help.blocked': text(
		'sleeps in the wait queue named under WAITS ON',
		'WAITS ON에 적힌 대기 큐에서 잠듦',
	),
	'help.marked': text(
		'▸ selected   ◂ at an end of the selected channel (or the other way round)',
		'▸ 선택   ◂ 선택한 채널의 끝에 있음 (또는 그 반대)',
	),
	'help.close': text('Esc or ? closes', 'Esc 또는 ?로 닫기'),
	'help.section.playback': text('Playback', '재생'),
	'help.section.panes': text('Panes', '창'),
	'help.section.lists': text('Lists', '목록'),
	'help.section.processes': text('Processes', '프로세스'),
	'help.section.act': text('Acting on the machine', '기계에 개입'),
	'help.section.program': text('The dashboard', '대시보드'),
	'help.section.guide': text('Guide', '안내'),
} as const;
