// --record: what the commands that have it share.

import type {Invocation} from './invocation.js';
import type {OpenedScenario} from './open-scenario.js';
import type {PlayRecording} from './play.js';
import {openRecorder, type SessionRecorder} from './session-recorder.js';
import type {UserError} from './user-error.js';

/** The recorder that --record asks for; undefined without the flag. */
export const recorderOf = ({values}: Invocation): SessionRecorder | UserError | undefined => {
	const path = values.texts.get('record');
	return path === undefined ? undefined : openRecorder(path);
};

export const recordingOf = (
	recorder: SessionRecorder | undefined,
	{source}: OpenedScenario,
): PlayRecording | undefined => recorder && {recorder, source};

/** Ends the recording, and says if it could not be written. */
export const finishRecording = async (
	recorder: SessionRecorder | undefined,
	{host}: Invocation,
): Promise<void> => {
	recorder?.finish();
	const problem = recorder?.problem();
	if (problem !== undefined) await host.stderr.write(`ipctop: ${problem}\n`);
};
