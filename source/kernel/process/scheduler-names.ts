/** The ways to choose the next thread, as users name them: in scenario files, on the command line, in the schema. */
export const schedulerNames = ['round-robin', 'first-come', 'priority', 'feedback'] as const;

export type SchedulerName = (typeof schedulerNames)[number];
