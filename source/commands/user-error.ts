// What the user did wrong, as a value: one message that says what to do, and the exit status that goes with it.

export type UserError = {
	readonly kind: 'user-error';
	readonly message: string;
	readonly status: number;
};

/** The exit statuses of the command line. A program's own status and 128 + signal pass through `run`. */
export const exitStatus = {
	fine: 0,
	failed: 1,
	usage: 2,
	deadlock: 3,
	until: 124,
	brokenPipe: 141,
} as const;

export const userError = (message: string, status: number = exitStatus.usage): UserError => ({
	kind: 'user-error',
	message,
	status,
});

export const isUserError = (value: unknown): value is UserError =>
	typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'user-error';
