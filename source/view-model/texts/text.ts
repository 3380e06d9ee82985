// A text in every language. Terms of the field (pipe, futex, cycle) and what the C library calls things stay as they are.
// A Korean particle behind a value is written with both its forms, `{name:을/를}`: say() takes the one that fits.

export type Text = {readonly en: string; readonly ko: string};

export const text = (en: string, ko: string): Text => ({en, ko});
