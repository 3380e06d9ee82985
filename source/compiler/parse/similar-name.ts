/** "did you mean …?": the visible name nearest to a misspelt one. */
import {nearestWord} from '../text/similar-word.js';
import {standardNames} from './standard-names.js';
import type {Parser, Scope} from './parser-state.js';

/** The names in scope, the innermost first, then those that headers declare. */
function* visibleNames(p: Parser, areHiddenWanted: boolean): Generator<string> {
	for (let scope: Scope | undefined = p.scope; scope; scope = scope.parent) {
		for (const name of scope.names.keys()) {
			if (areHiddenWanted || !name.startsWith('_')) yield name;
		}
	}

	yield* standardNames();
}

/** The nearest name within a third of the length; undefined if none is near. */
export const similarName = (p: Parser, name: string): string | undefined =>
	nearestWord(name, visibleNames(p, name.startsWith('_')));
