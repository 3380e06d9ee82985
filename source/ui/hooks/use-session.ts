// The one door between the interface and the machine: a session is opened here, and what playback may do with it is named
// here. The rooms of playback are in ui/session.

import type {Input} from '../../machine/input.js';
import {
	isContextSwitch,
	isStateChangeOf,
	isWriteTo,
	stepBackToEvent,
	stepBackToWrite,
	stepToChange,
	stepToEvent,
} from '../../machine/moments.js';
import {createSession, type Session} from '../../machine/session.js';
import type {MachineSetup} from '../../machine/setup.js';
import {seek} from '../../machine/time-travel.js';
import type {Moment} from '../playback.js';

export {findWaker} from '../../machine/event-search.js';
export {seekEvent, watchWriters} from '../../machine/moments.js';
export {
	cycleOf,
	inject,
	newestCycle,
	outputOf,
	runUntil,
	settleAtEnd,
} from '../../machine/session.js';
export {stepStatement, stepStatementBack} from '../../machine/stepping.js';
export {markOf, returnToBranch, searchFrom, seekNewest} from '../../machine/time-travel.js';
export {seek, stepBackToEvent, stepBackToWrite, stepToEvent};
export type {Input, MachineSetup, Session};

/** What a session is made from. */
export type SessionSource = {
	readonly setup: MachineSetup;
	readonly inputs: ReadonlyArray<{readonly at: number; readonly input: Input}>;
	/** C lvalues that are shown, with who wrote them. */
	readonly watch: readonly string[];
	/** Keeps a recording up to date: told of every new session and of everything that may have changed its inputs. */
	readonly record?: ((session: Session) => void) | undefined;
	/** The cycle to begin at, paused. */
	readonly cycle?: number | undefined;
};

/** A session at its beginning, or at the cycle that the scenario names. */
export const startSession = (scenario: SessionSource): Session => {
	const inputs = scenario.inputs.map(({at, input}) => ({cycle: at, input}));
	const setup = {...scenario.setup, recordEvents: true, watch: scenario.watch};
	const session = createSession(setup, inputs, {keepsHistory: true});
	scenario.record?.(session);
	if (scenario.cycle !== undefined) seek(session, scenario.cycle);
	return session;
};

/** Steps to the next or the previous such moment; false: there is none. */
export const jump = (session: Session, to: Moment, direction: 1 | -1): boolean => {
	if (to.kind === 'variable')
		return direction === 1 ? stepToChange(session, to) : stepBackToWrite(session, to) !== undefined;
	const match =
		to.kind === 'state'
			? isStateChangeOf(session, to.pid)
			: to.kind === 'channel'
				? isWriteTo(to.name)
				: isContextSwitch;
	return (direction === 1 ? stepToEvent : stepBackToEvent)(session, match) !== undefined;
};
