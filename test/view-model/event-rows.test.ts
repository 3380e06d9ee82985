import {expect, test} from 'vitest';
import {fitEventLine} from '../../source/view-model/event-rows.js';
import {line, lineText} from '../../source/view-model/styled-text.js';

const fitted = (text: string, width: number): string => lineText(fitEventLine(line(text), width));

test('a narrow row shortens its strings, so that the result of the call stays', () => {
	const call = `2923 cpu0 [3] write(4, "${'#'.repeat(32)}"..., 8192) = 8192`;
	expect(fitted(call, 100)).toBe(call);
	expect(fitted(call, 60)).toBe(`2923 cpu0 [3] write(4, "${'#'.repeat(18)}"..., 8192) = 8192`);
	expect(fitted(call, 60)).toHaveLength(60);
	expect(fitted(call, 48)).toBe('2923 cpu0 [3] write(4, "######"..., 8192) = 8192');
	expect(fitted(call, 40)).toBe('2923 cpu0 [3] write(4, "######"…) = 8192');
	expect(fitted('socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = -1 EMFILE', 40)).toBe(
		'socket(AF_INET, SOCK_STREA…) = -1 EMFILE',
	);
});

test('no escape is torn apart, and what needs no room is left alone', () => {
	const call = 'write(1, "0123\\n\\3\\310\\"abcdefghijk", 19) = 19';
	expect(fitted(call, 36)).toBe('write(1, "0123\\n\\3\\310"..., 19) = 19');
	expect(fitted('bind(3, {sun_path="/desk"}, 110) = 0', 31)).toBe(
		'bind(3, {sun_path="/desk"…) = 0',
	);
	expect(fitted('lost: udp 10.0.0.1:32768 > 10.0.0.2:5000 len=6', 20)).toBe(
		'lost: udp 10.0.0.1:32768 > 10.0.0.2:5000 len=6',
	);
});
