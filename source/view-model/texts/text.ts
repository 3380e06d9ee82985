// A text in every language. Terms of the field (pipe, futex, cycle) and what the C library calls things stay as they are.

export type Text = {readonly en: string; readonly ko: string};

export const text = (en: string, ko: string): Text => ({en, ko});
