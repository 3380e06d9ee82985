// What tells a text from a changed one without shipping it twice: its length and its checksum. It guards against files
// that were edited, not against forgery.

import {sumOf} from '../machine/recording.js';

export type TextStamp = string;

export const stampOf = (text: string): TextStamp => `${text.length}:${sumOf(text)}`;
