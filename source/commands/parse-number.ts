// Whole numbers as users write them, in flags and settings.

const multipliers: Readonly<Record<string, number>> = {k: 1e3, m: 1e6, g: 1e9};

/** 20000, 20_000, 20k, 2M, 2G, 2e9; undefined for what is no whole number. */
export const parseNumber = (text: string): number | undefined => {
	const match = /^(\d[\d_]*(?:\.\d+)?(?:e\d+)?)([kmg]?)$/i.exec(text);
	if (!match) return undefined;
	const number =
		Number(match[1]!.replaceAll('_', '')) * (multipliers[match[2]!.toLowerCase()] ?? 1);
	return Number.isSafeInteger(number) ? number : undefined;
};
