// What a scenario file says, as plain data: the shape that schema.ts validates. Loading resolves it to a Scenario.

import type {SchedulerName} from '../machine/setup.js';

/** A text in several languages; a mere string is English. */
export type LocalText = string | {readonly en: string; readonly ko?: string};

/** Cycles, cycles per second: machine.clock. */
export type MachineDocument = {
	readonly cpus?: number;
	readonly quantum?: number;
	readonly seed?: number;
	readonly clock?: number;
	readonly scheduler?: SchedulerName;
};

export type LinkDocument = {
	readonly between: readonly [string, string];
	/** Cycles from one end to the other. */
	readonly latency?: number;
	/** At most so many cycles more, at random. */
	readonly jitter?: number;
	/** Share of packets lost, 0 to 1. */
	readonly loss?: number;
};

/** One C file, or several that make one program. */
export type ProgramDocument = string | readonly string[];

export type ProcessDocument = {
	readonly program: ProgramDocument;
	readonly host?: string;
	/** argv from 1 on. */
	readonly args?: readonly string[];
	/** The cycle at which it starts. */
	readonly at?: number;
	readonly environment?: Readonly<Record<string, string>>;
};

/** Played back like key presses; exactly one action each. */
export type InputDocument = {
	readonly at: number;
	readonly write?: {readonly to: string; readonly data: string; readonly sender?: string};
	readonly assign?: {readonly to: string; readonly value: string | number};
	readonly signal?: {readonly pid: number; readonly signal: string | number};
	readonly type?: string;
	readonly 'end-input'?: boolean;
	readonly link?: {readonly between: readonly [string, string]; readonly up: boolean};
};

/**
 * When a step of the guide is due: all conditions that it names hold. Processes are named as in COMMAND; `name#2` is the
 * second of that name in order of creation.
 */
export type GuideCondition = {
	readonly process?: string;
	readonly state?: 'running' | 'ready' | 'blocked' | 'stopped' | 'zombie' | 'ended';
	/** With state blocked: the wait queue, `pipe.read`. */
	readonly on?: string;
	/** The process (or any) is busy waiting, in at least this share of its CPU time so far. */
	readonly busy?: number;
	/** The process (or any) has made this system call. */
	readonly call?: string;
	/** This signal has been delivered to it: `SIGPIPE`. */
	readonly signal?: string;
	/** This text has been printed. */
	readonly output?: string;
	readonly variable?: string;
	readonly equals?: string | number;
	/** A channel (`pipe`, `pipe:7`, `fifo:/tmp/box`) and what stands in it. */
	readonly channel?: string;
	readonly holds?: 'something' | 'nothing' | 'all';
	readonly cycle?: number;
	readonly deadlock?: boolean;
	/** All processes have ended. */
	readonly end?: boolean;
};

export type GuideDocument = {
	readonly when: GuideCondition;
	/** Playback stops here until the user goes on. */
	readonly pause?: boolean;
	/** A pane of the dashboard that comes to the screen with this step, until a step asks for another. */
	readonly show?: 'pipes' | 'sockets' | 'shared' | 'source' | 'timeline' | 'events' | 'console';
	readonly say: LocalText;
	/** A question, with its answer hidden until asked. */
	readonly ask?: LocalText;
	readonly answer?: LocalText;
	/** Something to try. */
	readonly try?: LocalText;
};

/** What the project's own tests check. One statement each, `process` aside. */
export type ExpectDocument = {
	readonly process?: string;
	readonly busy?: 'none' | 'some' | 'most';
	/** Exit status, or the signal that killed it. */
	readonly status?: number;
	readonly signal?: string;
	/** All of standard output, of all processes in order. */
	readonly stdout?: string;
	/** The run ends in a deadlock. */
	readonly deadlock?: boolean;
};

export type ScenarioDocument = {
	readonly title?: LocalText;
	readonly summary?: LocalText;
	/** Heading under which `list` shows it, and its place there. */
	readonly lesson?: LocalText;
	readonly order?: number;
	readonly machine?: MachineDocument;
	readonly hosts?: Readonly<Record<string, {readonly address: string}>>;
	readonly links?: readonly LinkDocument[];
	readonly files?: Readonly<Record<string, string>>;
	/** Programs that no process starts with, for exec. */
	readonly programs?: readonly ProgramDocument[];
	readonly processes: readonly ProcessDocument[];
	readonly watch?: readonly string[];
	readonly inputs?: readonly InputDocument[];
	readonly guide?: readonly GuideDocument[];
	readonly expect?: readonly ExpectDocument[];
};

export type Language = 'en' | 'ko';

/** A text in a language; English where it has no other. */
export const inLanguage = (text: LocalText | undefined, language: Language): string => {
	if (text === undefined || typeof text === 'string') return text ?? '';
	return (language === 'ko' ? text.ko : undefined) ?? text.en;
};
