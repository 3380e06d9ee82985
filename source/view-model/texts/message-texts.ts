// Input lines, what came of them, and other messages.

import {text} from './text.js';

export const messageTexts = {
	'input.write': text('write to {channel}: ', '{channel}에 쓰기: '),
	'input.sender': text(
		'its sender (10.0.0.9:5000, or a path; empty: nobody): ',
		'발신자 (10.0.0.9:5000 또는 경로; 빈칸: 없음): ',
	),
	'input.assign': text('{name} = ', '{name} = '),
	'input.type': text('type: ', '입력: '),
	'input.filter': text('filter: ', '필터: '),
	'input.search': text('search: ', '검색: '),
	'input.signal': text('signal to {name}: ', '{name}에 보낼 시그널: '),
	'input.seek': text('cycle: ', '사이클: '),
	'input.unknownSignal': text('There is no signal "{text}".', '"{text}"라는 시그널은 없습니다.'),
	'input.badEscape': text(
		'Wrong escape at character {at}.',
		'{at}번째 글자의 이스케이프가 잘못되었습니다.',
	),
	'input.badNumber': text('"{text}" is no number.', '"{text}"는 숫자가 아닙니다.'),
	'input.hint': text(
		'C escapes like \\n; Enter sends, Esc closes, ↑ history',
		'\\n 같은 C 이스케이프; Enter 보내기, Esc 닫기, ↑ 기록',
	),
	'input.hintWord': text('Enter accepts, Esc closes', 'Enter 확인, Esc 닫기'),
	'input.offset': text(
		'write to {channel} at (bytes from the start; empty: at the end): ',
		'{channel}의 어디에 (처음부터 바이트; 빈칸: 끝): ',
	),
	'input.writeAt': text('write to {channel} at {offset}: ', '{channel}의 {offset}에 쓰기: '),
	'input.writeEnd': text('append to {channel}: ', '{channel} 끝에 쓰기: '),
	'input.hintTargets': text('Tab other target; Enter sends', 'Tab 다른 대상; Enter 보내기'),

	'message.nothingToWrite': text(
		'Select a pipe, a socket, a file, a variable or the console first.',
		'먼저 파이프, 소켓, 파일, 변수 또는 콘솔을 선택하세요.',
	),
	'message.notWritable': text(
		'That can’t be written from here: select a pipe, a socket, a file, a variable or the console.',
		'여기서는 그것에 쓸 수 없습니다: 파이프, 소켓, 파일, 변수 또는 콘솔을 선택하세요.',
	),
	'message.hasEnded': text('{name} has ended.', '{name:은/는} 끝났습니다.'),
	'message.noProcess': text('Select a process first.', '먼저 프로세스를 선택하세요.'),
	'message.speed': text('speed {speed} cycles a second', '속도 초당 {speed} 사이클'),
	'message.stepped': text('{name}: line {line}', '{name}: {line}행'),
	'message.notFound': text('"{text}" not found.', '"{text}"를 찾을 수 없습니다.'),
	'message.signalSent': text('{signal} sent to {name}', '{name}에 {signal:을/를} 보냄'),
	'message.atStart': text('This is the start.', '처음입니다.'),
	'message.ended': text(
		'The scenario has ended: R starts it again, , steps back.',
		'시나리오가 끝났습니다: R 다시 시작, , 한 걸음 뒤로.',
	),
	'message.restarted': text('started again', '다시 시작'),
	'message.followOff': text('follows nobody', '따라가기 끔'),
	'message.noPresets': text('There is no list of presets here.', '프리셋 목록이 없습니다.'),
	'message.deadlock': text('Deadlock: {text}', '교착 상태: {text}'),
	'message.stopped': text(
		'Stopped by a signal: {who}. SIGCONT (k) lets it all go on',
		'신호로 정지됨: {who}. SIGCONT(k)를 보내면 모두 이어집니다',
	),
	'message.branch': text(
		'a new branch of history begins here (B returns to the old one)',
		'여기서 새로운 역사가 시작됩니다 (B: 이전 역사로)',
	),
	'message.noBranch': text('No other branch of history was left.', '떠나온 다른 역사가 없습니다.'),
	'message.returned': text(
		'back on the branch without {input}; B changes over again',
		'이 입력이 없는 역사로 바꿨습니다: {input}; B로 다시 바꾸기',
	),
	'message.returnedWith': text(
		'back on the branch with {input}; B changes over again',
		'이 입력이 있는 역사로 바꿨습니다: {input}; B로 다시 바꾸기',
	),
	'message.noMoment': text('There is no such moment.', '그런 순간이 없습니다.'),
	'message.selectVariable': text(
		'Select a variable in Shared first.',
		'먼저 공유 창에서 변수를 선택하세요.',
	),
	'message.writer': text(
		'{name} got its value at cycle {cycle} by {who}: this is the moment before',
		'{name}: 사이클 {cycle}에 {who:이/가} 값을 씀 — 지금은 그 직전',
	),
	'message.noWriter': text(
		'Nobody is known to have stored {name} before this moment.',
		'이 순간 전에 {name:을/를} 쓴 기록이 없습니다.',
	),
	'message.registerWriter': text(
		'{name} lives in a register, which has no address: nobody but {who} can have written it',
		'{name}: 주소가 없는 레지스터에 있어 {who} 자신만 쓸 수 있음',
	),
	'message.waker': text(
		'{who} was woken on {queue} at cycle {cycle} by {by}',
		'{who}: 사이클 {cycle}에 {queue}에서 {by:이/가} 깨움',
	),
	'message.noWaker': text(
		'{who} has not been woken before this moment.',
		'{who}: 이 순간 전에 깨어난 적이 없습니다.',
	),
	'message.saved': text(
		'saved as {path}: ipctop replay {path} plays it again',
		'저장했습니다. 다시 재생하려면: ipctop replay {path}',
	),
	'message.cantSave': text(
		'Recordings can’t be saved here.',
		'여기서는 녹화를 저장할 수 없습니다.',
	),
	'message.noLink': text(
		'There is no link between hosts here.',
		'여기에는 호스트 사이의 링크가 없습니다.',
	),

	// What the machine answers: source/ui/session/result-text.ts knows its sentences.
	'result.writtenOne': text('1 byte written', '1바이트 씀'),
	'result.written': text('{count} bytes written', '{count}바이트 씀'),
	'result.errno': text('a process would have got {errno}', '프로세스라면 {errno:을/를} 받았을 것'),
	'result.blocked': text('a process would have been blocked', '프로세스라면 대기했을 것'),
	'result.noChannel': text('there is no channel {channel}', '{channel} 채널이 없음'),
	'result.endOfInput': text('end of input', '입력의 끝'),
	'result.noProcess': text('ESRCH: there is no such process', 'ESRCH: 그런 프로세스가 없음'),
	'result.noLink': text(
		'there is no link between {one} and {other}',
		'{one:과/와} {other} 사이에 링크가 없음',
	),
	'result.linkUp': text('the link is up', '링크 연결됨'),
	'result.linkCut': text('the link is cut', '링크 끊김'),
	'result.nobody': text('no process is alive', '살아 있는 프로세스가 없음'),
	'result.notAlive': text('process {pid} is not alive', '프로세스 {pid:은/는} 끝났음'),
	'result.noInteger': text("'{value}' is no integer constant", "'{value}'는 정수 상수가 아님"),
	'result.noNumber': text("'{value}' is no number", "'{value}'는 숫자가 아님"),
	'result.notWritable': text("{name} can't be written", '{name}에 쓸 수 없음'),
	'result.bitField': text(
		"{name} is a bit-field: it can't be set from outside",
		'{name}: 비트 필드는 밖에서 바꿀 수 없음',
	),
	'result.whole': text(
		"a {kind} can't be set as a whole: name a member",
		'{kind} 전체는 바꿀 수 없음: 멤버를 지정하세요',
	),
	'result.textTooLong': text(
		'the text has {size} bytes with its NUL, the array {room}',
		'문자열은 NUL까지 {size}바이트, 배열은 {room}바이트',
	),
	'result.noVariable': text(
		"no variable '{name}' in {process}",
		"{process}에 '{name}' 변수가 없음",
	),
	'notice.memory': text(
		'process {pid} ({name}) killed: out of memory',
		'프로세스 {pid} ({name}) 종료됨: 메모리 부족',
	),
	'notice.output': text(
		'process {pid} ({name}) killed: the programs have printed {size}, the limit',
		'프로세스 {pid} ({name}) 종료됨: 출력이 한도 {size}에 이름',
	),
	'notice.fileSize': text(
		'process {pid} ({name}) gets SIGXFSZ: {path} has reached {size}, the limit',
		'프로세스 {pid} ({name})에 SIGXFSZ: {path:이/가} 한도 {size}에 이름',
	),

	'waker.timer': text('a timer', '타이머'),
	'waker.packet': text('a packet that arrived', '도착한 패킷'),
	'waker.outside': text('you (from outside)', '사용자 (밖에서)'),

	'plain.start': text(
		'Paused. Space plays, . steps, ? lists the keys, Ctrl-L tells everything, q quits.',
		'멈춤. Space 재생, . 한 문장, ? 키 목록, Ctrl-L 전체 보기, q 종료.',
	),
} as const;
