/** "did you mean …?": the visible name nearest to a misspelt one. */
import {nearestWord} from '../text/similar-word.js';
import {standardNames} from './standard-names.js';
import type {Parser, Scope} from './parser-state.js';

const statementWords = 'return while switch break continue default else goto sizeof'.split(' ');

const plainTypes = 'int char void long short float double unsigned signed struct'.split(' ');

/** The names in scope, the innermost first. */
function* namesInScope(
	p: Parser,
	areHiddenWanted: boolean,
): Generator<Parameters<Scope['names']['set']>> {
	for (let scope: Scope | undefined = p.scope; scope; scope = scope.parent) {
		for (const entry of scope.names) {
			if (areHiddenWanted || !entry[0].startsWith('_')) yield entry;
		}
	}
}

/** Then those that headers declare, and the words of statements. */
function* visibleNames(p: Parser, areHiddenWanted: boolean): Generator<string> {
	for (const [name] of namesInScope(p, areHiddenWanted)) yield name;
	yield* standardNames();
	yield* statementWords;
}

function* visibleTypes(p: Parser): Generator<string> {
	yield* plainTypes;
	for (const [name, {kind}] of namesInScope(p, false)) if (kind === 'typedef') yield name;
}

/** The nearest name within a third of the length; undefined if none is near. */
export const similarName = (p: Parser, name: string): string | undefined =>
	nearestWord(name, visibleNames(p, name.startsWith('_')));

/** The name of a type that is the same but for its capitals, or else the nearest. */
export const similarType = (p: Parser, name: string): string | undefined => {
	const types = [...visibleTypes(p)];
	const lower = name.toLowerCase();
	return types.find(type => type.toLowerCase() === lower) ?? nearestWord(name, types);
};
