// Numbers as people read them: cycles, simulated time, bytes, shares.

/** `0` `950` `12.3k` `4.56M`: at most five cells. */
export const formatCount = (value: number): string => {
	if (!Number.isFinite(value)) return '∞';
	if (Math.abs(value) < 10_000) return String(Math.round(value));
	for (const [unit, size] of [
		['k', 1e3],
		['M', 1e6],
		['G', 1e9],
		['T', 1e12],
	] as const) {
		const scaled = value / size;
		if (Math.abs(scaled) < 9.995) return `${scaled.toFixed(2)}${unit}`;
		if (Math.abs(scaled) < 99.95) return `${scaled.toFixed(1)}${unit}`;
		if (Math.abs(scaled) < 999.5) return `${Math.round(scaled)}${unit}`;
	}
	return value.toExponential(0);
};

/** `0` `9500` `12k` `4.6M`: at most four cells. */
export const formatShortCount = (value: number): string => {
	if (value < 10_000) return String(value);
	for (const [unit, size] of [
		['k', 1e3],
		['M', 1e6],
		['G', 1e9],
	] as const) {
		const scaled = value / size;
		if (scaled < 9.95) return `${scaled.toFixed(1)}${unit}`;
		if (scaled < 999.5) return `${Math.round(scaled)}${unit}`;
	}
	return value.toExponential(0).replace('+', '');
};

/** `20k` `12.5M`: a speed, without the zeros that say nothing. */
export const formatSpeed = (value: number): string =>
	formatCount(value).replace(/\.0+(?=[kMGT]$)|(?<=\.\d+?)0+(?=[kMGT]$)/, '');

/** `1,234,567` */
export const groupDigits = (value: number): string =>
	String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** Simulated time in seconds with milliseconds and microseconds: `0.001234`; from a minute on `1:02.35`. */
export const formatSeconds = (cycles: number, clock: number): string => {
	const seconds = cycles / clock;
	if (seconds < 10) return seconds.toFixed(6);
	if (seconds < 60) return seconds.toFixed(4);
	const minutes = Math.floor(seconds / 60);
	return `${minutes}:${(seconds - minutes * 60).toFixed(2).padStart(5, '0')}`;
};

/** CPU time in at most seven cells, as the TIME column shows it. */
export const formatTime = (cycles: number, clock: number): string => {
	const seconds = cycles / clock;
	if (seconds < 10) return seconds.toFixed(5);
	if (seconds < 60) return seconds.toFixed(3);
	const minutes = Math.floor(seconds / 60);
	return `${minutes}:${(seconds - minutes * 60).toFixed(1).padStart(4, '0')}`;
};

/** `0` `512` `64K` `1.5M`, in units of 1024. */
export const formatBytes = (bytes: number): string => {
	if (bytes < 1024) return String(bytes);
	for (const [unit, size] of [
		['K', 1024],
		['M', 1024 ** 2],
		['G', 1024 ** 3],
	] as const) {
		const scaled = bytes / size;
		if (scaled < 9.95) return `${scaled.toFixed(1).replace(/\.0$/, '')}${unit}`;
		if (scaled < 1023.5) return `${Math.round(scaled)}${unit}`;
	}
	return `${(bytes / 1024 ** 4).toFixed(1)}T`;
};

/** A share 0..1 as `0.0` to `100`, at most four cells. */
export const formatShare = (share: number): string => {
	const percent = share * 100;
	return percent >= 99.95 ? '100' : percent.toFixed(1);
};

/** A share 0..1 in whole percent, three cells with the sign: ` 7%`, `100%`. */
export const formatPercent = (share: number): string => `${Math.round(share * 100)}%`;

/** `0x10002000` */
export const formatAddress = (address: number): string => `0x${address.toString(16)}`;
