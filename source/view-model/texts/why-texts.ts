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
	'why.mutexCopy': text(
		'{who} waits for the mutex {channel}: fork() copied it while {others} held it, who can only unlock the original',
		'{who}: 뮤텍스 {channel:을/를} 기다림. {others:이/가} 쥔 채로 fork()가 복사했고, 원본만 풀 수 있음',
	),
	'why.futex': text(
		'{who} waits in {call}() on {channel}',
		'{who}: {channel}에서 {call}() 대기 중',
	),
	'why.semaphoreTaken': text(
		'{who} waits in {call}() on the semaphore {channel}: it is 0',
		'{who}: 세마포어 {channel}에서 {call}() 대기 중 — 값이 0임',
	),
	'why.condition': text(
		'{who} waits in {call}() for the condition {channel}: nobody has signalled it',
		'{who}: 조건 변수 {channel}에서 {call}() 대기 중 — 아무도 신호하지 않음',
	),
	'why.mutexFree': text(
		'{who} waits in {call}() for the mutex {channel}',
		'{who}: 뮤텍스 {channel}에서 {call}() 대기 중',
	),
	'why.poll': text(
		'{who} waits in {call}() for {channel}',
		'{who}: {call}()에서 {channel:을/를} 기다림',
	),
	'why.queueEmpty': text(
		'{who} waits in {call}() on {channel}: it is empty',
		'{who}: {channel}에서 {call}() 대기 중 — 비어 있음',
	),
	'why.queueEmptyFor': text(
		'{who} waits in {call}() on {channel}: it is empty and {others} has not sent anything',
		'{who}: {channel}에서 {call}() 대기 중 — 비어 있고 {others:이/가} 아무것도 보내지 않음',
	),
	'why.queueFull': text(
		'{who} waits in {call}() on {channel}: it is full',
		'{who}: {channel}에서 {call}() 대기 중 — 가득 참',
	),
	'why.queueFullFor': text(
		'{who} waits in {call}() on {channel}: it is full and {others} has not received anything',
		'{who}: {channel}에서 {call}() 대기 중 — 가득 찼고 {others:이/가} 아무것도 받지 않음',
	),
	'why.typeMissing': text(
		'{who} waits in {call}() on {channel} for {type}: there is no such message',
		'{who}: {channel}에서 {call}() 대기 중 — {type}인 메시지가 없음',
	),
	'why.timer': text(
		'{who} waits in {call}() on {channel}: it has not expired',
		'{who}: {channel}에서 {call}() 대기 중 — 아직 만료되지 않음',
	),
	'why.backlogFull': text(
		'{who} waits in {call}() for {channel}: the backlog is full and {others} has not accepted a connection',
		'{who}: {channel}에 {call}() 중 — backlog가 가득 찼고 {others:이/가} 연결을 받지 않음',
	),
	'why.lock': text(
		'{who} waits in {call}() for the lock on {channel}: {others} holds it',
		'{who}: {channel}의 잠금을 {call}()에서 기다림. 쥐고 있는 쪽은 {others}',
	),
	'why.vfork': text(
		'{who} waits in {call}() for its child {others} to call exec or to end',
		'{who}: {call}()에서 자식 {others:이/가} exec하거나 끝나기를 기다림',
	),
	'why.background': text(
		'{who} used the terminal from the background and waits to be continued',
		'{who}: 백그라운드에서 터미널을 써서, 계속하라는 시그널을 기다림',
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
	'why.socketEmptyFor': text(
		'{who} waits in {call}() on {channel}: nothing has arrived from {others}',
		'{who}: {channel}에서 {call}() 대기 중 — {others}에게서 도착한 것이 없음',
	),
	'why.socketFull': text(
		'{who} waits in {call}() on {channel}: the send queue is full',
		'{who}: {channel}에서 {call}() 대기 중 — 송신 큐가 가득 참',
	),
	'why.socketFullFor': text(
		'{who} waits in {call}() on {channel}: the send queue is full and {others} has not read it',
		'{who}: {channel}에서 {call}() 대기 중 — 송신 큐가 가득 찼고 {others:이/가} 읽지 않음',
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
		'{who} waits in {call}() on {channel}: it is {value} and has to be at least {needed}',
		'{who}: {channel}에서 {call}() 대기 중 — 값이 {value}이고 {needed} 이상이어야 함',
	),
	'why.semaphoreZero': text(
		'{who} waits in {call}() on {channel}: it is {value} and has to become 0',
		'{who}: {channel}에서 {call}() 대기 중 — 값이 {value}이고 0이 되어야 함',
	),
	'why.signal': text('{who} waits in {call}() for a signal', '{who}: {call}()에서 시그널을 기다림'),
	'why.for': text(
		'{who} waits in {call}() on {channel} for {others}',
		'{who}: {channel}에서 {call}() 대기 중 — 끝낼 수 있는 쪽은 {others}',
	),
	'why.until': text(', at most until {time} s', ', 늦어도 {time}초까지'),
	'why.nobody': text('nobody', '아무도 없음'),
	'why.and': text(' and ', ', '),
	'why.or': text(' or ', ' 또는 '),
	'why.more': text('{names} and {count} more', '{names} 외 {count}개'),

	'whoever.signals': text('whoever sends a signal', '시그널을 보내는 쪽'),
	'whoever.continues': text('whoever sends SIGCONT', 'SIGCONT를 보내는 쪽'),
	'whoever.sends': text('whoever sends', '보내는 쪽'),
	'whoever.receives': text('whoever receives', '받는 쪽'),
	'whoever.receivesEnd': text(
		'whoever receives the other end, which is in a message',
		'메시지에 실린 반대쪽 끝을 받는 쪽',
	),
	'whoever.connects': text('whoever connects', '연결하는 쪽'),
	'whoever.opens': text('whoever opens the other end', '반대쪽 끝을 여는 쪽'),
	'whoever.semaphore': text('whoever changes the semaphore', '세마포어를 바꾸는 쪽'),
	'whoever.maps': text('whoever else opens it', '그것을 여는 다른 쪽'),
	'whoever.talks': text('whoever talks', '말하는 쪽'),
	'whoever.changes': text('whoever changes a file', '파일을 바꾸는 쪽'),
	'whoever.types': text('whoever types at the console', '콘솔에 입력하는 쪽'),

	'exit.status': text('exit status {status}', '종료 상태 {status}'),
	'exit.signal': text('killed by signal {signal}', '시그널 {signal:으로/로} 종료'),

	'deadlock.eachOther': text('{names} wait for each other', '{names:이/가} 서로를 기다림'),
	'deadlock.wait': text('{names} wait for {others}', '{names:이/가} {others:을/를} 기다림'),
	'deadlock.waits': text('{who} waits for {others}', '{who:이/가} {others:을/를} 기다림'),
} as const;
