import assert from 'node:assert/strict';
import {test} from 'vitest';
import {parseSettings, settingsPath} from '../../source/commands/settings.js';
import {isUserError} from '../../source/commands/user-error.js';

test('settings are lines of names and values, with comments', () => {
	assert.deepEqual(
		parseSettings(
			'# mine\ntheme: mono\nspeed: 5000 # slow\n\nlanguage: ko\nmouse: on\nascii: off\n',
			'f',
		),
		{theme: 'mono', speed: 5000, language: 'ko', mouse: true, ascii: false},
	);
});

test('values may be quoted, numbers abbreviated, and switches say true or yes', () => {
	assert.deepEqual(
		parseSettings(
			'\uFEFFtheme: "mono"\r\nspeed: 20k\nlanguage: \'ko\'\nmouse: true\nascii: no\n',
			'f',
		),
		{theme: 'mono', speed: 20_000, language: 'ko', mouse: true, ascii: false},
	);
});

test.each([
	['theme: pink', /f:1: theme must be one of default, .*not "pink"/],
	['\nthem: mono', /f:2: there is no setting "them"; did you mean theme\?/],
	['speed: fast', /f:1: speed must be cycles per second/],
	['mono', /f:1: "mono" is no setting/],
])('%j is refused with its line', (text, message) => {
	const result = parseSettings(text, 'f');
	assert.ok(isUserError(result));
	assert.match(result.message, message);
});

test('the file is where the XDG base directories say', () => {
	assert.equal(settingsPath({XDG_CONFIG_HOME: '/c', HOME: '/h'}), '/c/ipctop/settings.yaml');
	assert.equal(settingsPath({XDG_CONFIG_HOME: 'c', HOME: '/h'}), '/h/.config/ipctop/settings.yaml');
	assert.equal(settingsPath({}), undefined);
});
