// Every text that the dashboard shows, in every language, by its key. The texts stand in texts/, by where they are shown.

import {channelTexts} from './texts/channel-texts.js';
import {detailsTexts} from './texts/details-texts.js';
import {keyTexts} from './texts/key-texts.js';
import {messageTexts} from './texts/message-texts.js';
import {overlayTexts} from './texts/overlay-texts.js';
import {paneTexts} from './texts/pane-texts.js';
import {whyTexts} from './texts/why-texts.js';
import type {Text} from './texts/text.js';

export const strings = {
	...paneTexts,
	...channelTexts,
	...whyTexts,
	...detailsTexts,
	...messageTexts,
	...overlayTexts,
	...keyTexts,
} as const satisfies Readonly<Record<string, Text>>;

export type StringKey = keyof typeof strings;
