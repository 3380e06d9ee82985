// Why a thread is blocked, in sentences, and how a process has ended.

import {text} from './text.js';

export const whyTexts = {
	'why.title': text('Why', '이유'),
	'why.running': text('{who} is running on CPU {cpu}', '{who}: CPU {cpu}에서 실행 중'),
	'why.ready': text('{who} is ready: it waits for a CPU', '{who}: CPU를 기다리는 준비 상태'),
	'why.zombie': text(
		'{who} has ended ({exit}); its parent {parent} has not waited for it',
		'{who}: 끝났지만({exit}) 부모 {parent:이/가} 아직 wait하지 않음',
	),
	'why.ended': text('{who} has ended ({exit})', '{who}: 종료됨 ({exit})'),
	'why.stopped': text('{who} is stopped by a signal', '{who}: 시그널로 정지됨'),
	'why.pipeEmpty': text(
		'{who} waits in {call}() on {channel}: it is empty and {others} still holds the write end',
		'{who}: {channel}에서 {call}() 대기 중 — 비어 있고 {others:이/가} 아직 쓰기 끝을 쥐고 있음',
	),
	'why.pipeEmptySelf': text(
		'{who} waits in {call}() on {channel}: it is empty, and only {who} itself still holds the write end (fd {fds}), so end of file will never come',
		'{who}: {channel}에서 {call}() 대기 중 — 비어 있고 쓰기 끝(fd {fds})을 쥔 것은 자기 자신뿐이라 EOF가 영원히 오지 않음',
	),
	'why.pipeFull': text(
		'{who} waits in {call}() on {channel}: it is full and {others} has not read it',
		'{who}: {channel}에서 {call}() 대기 중 — 가득 찼고 {others:이/가} 읽지 않음',
	),
	'why.pipeFullSelf': text(
		'{who} waits in {call}() on {channel}: it is full, and only {who} itself could read it (fd {fds})',
		'{who}: {channel}에서 {call}() 대기 중 — 가득 찼고 읽을 수 있는 것은 자기 자신뿐임 (fd {fds})',
	),
	'why.fifoOpen': text(
		'{who} waits in open() of {channel}: nobody has opened the other end',
		'{who}: {channel:을/를} open() 중 — 반대쪽 끝을 연 프로세스가 없음',
	),
	'why.child': text(
		'{who} waits in {call}() for its child {others} to end',
		'{who}: {call}()에서 자식 {others}의 종료를 기다림',
	),
	'why.sleep': text('{who} sleeps until {time} s', '{who}: {time}초까지 잠듦'),
	'why.disk': text('{who} waits for the disk', '{who}: 디스크를 기다림'),
	'why.terminal': text('{who} waits for input from the console', '{who}: 콘솔 입력을 기다림'),
	'why.join': text(
		'{who} waits in pthread_join() for {others} to end',
		'{who}: pthread_join()에서 {others:이/가} 끝나기를 기다림',
	),
	'why.mutex': text(
		'{who} waits for the mutex {channel}: {others} holds it',
		'{who}: 뮤텍스 {channel:을/를} 기다림. 쥐고 있는 쪽은 {others}',
	),
	'why.mutexLeft': text(
		'{who} waits for the mutex {channel}: thread {others} holds it, and has ended',
		'{who}: 뮤텍스 {channel:을/를} 기다림. 쥐고 있는 스레드 {others:은/는} 이미 끝남',
	),
	'why.futex': text(
		'{who} waits on a lock or condition at {channel}',
		'{who}: {channel}의 잠금 또는 조건을 기다림',
	),
	'why.accept': text(
		'{who} waits in accept() on {channel}: no connection is pending',
		'{who}: {channel}에서 accept() 대기 중 — 들어온 연결이 없음',
	),
	'why.connect': text(
		'{who} waits in connect() for {channel}',
		'{who}: {channel:으로/로} connect() 중',
	),
	'why.socketEmpty': text(
		'{who} waits in {call}() on {channel}: nothing has arrived',
		'{who}: {channel}에서 {call}() 대기 중 — 도착한 것이 없음',
	),
	'why.socketFull': text(
		'{who} waits in {call}() on {channel}: the send queue is full',
		'{who}: {channel}에서 {call}() 대기 중 — 송신 큐가 가득 참',
	),
	'why.radioSilent': text(
		'{who} listens in {call}() on {channel}: nothing is in the air',
		'{who}: {channel}에서 {call}()로 듣는 중 — 아무도 보내지 않음',
	),
	'why.radioTaken': text(
		'{who} waits in {call}() for its turn on {channel}: {others} talks',
		'{who}: {channel}에서 {call}() 차례 대기 중 — {others:이/가} 말하는 중',
	),
	'why.semaphore': text(
		'{who} waits for the semaphore {channel}',
		'{who}: 세마포어 {channel:을/를} 기다림',
	),
	'why.signal': text('{who} waits for a signal', '{who}: 시그널을 기다림'),
	'why.other': text(
		'{who} waits in {call}() ({queue} {channel})',
		'{who}: {call}() 대기 중 ({queue} {channel})',
	),
	'why.until': text(', at most until {time} s', ', 늦어도 {time}초까지'),
	'why.nobody': text('nobody', '아무도 없음'),
	'why.and': text(' and ', ', '),
	'why.or': text(' or ', ' 또는 '),

	'exit.status': text('exit status {status}', '종료 상태 {status}'),
	'exit.signal': text('killed by signal {signal}', '시그널 {signal:으로/로} 종료'),

	'deadlock.eachOther': text('{names} wait for each other', '{names:이/가} 서로를 기다림'),
	'deadlock.waits': text('{who} waits for {others}', '{who:이/가} {others:을/를} 기다림'),
} as const;
