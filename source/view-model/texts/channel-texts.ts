// Channels in the panes: pipes, the radio, sockets, what is shared.

import {text} from './text.js';

export const channelTexts = {
	'pipes.none': text('No pipe or FIFO is open.', '열린 파이프나 FIFO가 없습니다.'),
	'pipes.readEnd': text('read', '읽기'),
	'pipes.writeEnd': text('write', '쓰기'),
	'pipes.nobody': text('nobody', '없음'),
	'pipes.asleep': text('blocked: {names}', '대기 중: {names}'),
	'pipes.opening': text('in open(): {names}', 'open() 중: {names}'),
	'pipes.empty': text('empty', '비어 있음'),
	'pipes.queued': text('queued', '대기열'),

	'radio.talks': text('{name} talks', '{name} 말하는 중'),
	'radio.free': text('free', '비어 있음'),
	'radio.last': text('last from {name}: ', '마지막 ({name}): '),
	'radio.outside': text('outside', '밖'),
	'radio.silent': text('nothing sent yet', '아직 보낸 것이 없음'),
	'radio.stations': text('stations', '무선국'),
	'radio.listens': text('blocked: listens', '대기: 듣는 중'),
	'radio.sendsOnly': text('sends only', '보내기만 함'),
	'radio.presses': text('holds the button', '버튼을 누르고 있음'),
	'radio.waits': text('waits to talk', '말하려고 대기'),
	'radio.unread': text('{count} unread', '안 읽음 {count}'),
	'radio.missed': text('{count} missed', '놓침 {count}'),
	'radio.wantsToTalk': text('wants to talk: {names}', '말하려고 대기: {names}'),

	'sockets.none': text('No socket is open.', '열린 소켓이 없습니다.'),
	'sockets.inFlight': text('{count} in flight', '전송 중 {count}개'),
	'sockets.queues': text('recv {receive} send {send}', '수신 {receive} 송신 {send}'),
	'sockets.backlog': text('backlog {receive} of {send}', '백로그 {receive}/{send}'),
	'sockets.local': text('local', '로컬'),
	'sockets.peer': text('peer', '상대'),

	'shared.notOpen': text('not open', '열려 있지 않음'),
	'shared.none': text('Nothing is shared.', '공유하는 것이 없습니다.'),
	'shared.variables': text('variables', '변수'),
	'shared.memory': text('shared memory', '공유 메모리'),
	'shared.semaphores': text('semaphores', '세마포어'),
	'shared.queues': text('message queues', '메시지 큐'),
	'shared.files': text('files', '파일'),
	'shared.writtenBy': text('by {name}', '쓴 쪽: {name}'),
	'shared.seenBy': text('seen by {names}', '{names}에게 보임'),
	'shared.byThreads': text('seen by the threads of {name}', '{name}의 스레드들에게 보임'),
	'shared.onlyBy': text('only in {name}', '{name}에만 있음'),
	'shared.never': text('never written', '쓰인 적 없음'),
} as const;
