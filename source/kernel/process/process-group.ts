// Process groups, setpgid(2) and credentials(7). A group is orphaned if nobody in it has a parent in another group of the
// session, who could continue it: the terminal's stop signals do nothing to it, and stopped members are woken by SIGHUP.

import type {Kernel} from '../kernel.js';
import type {Process} from './process.js';

export const membersOf = (kernel: Kernel, group: number): readonly Process[] =>
	[...kernel.processes.values()].filter(
		process => process.group === group && process.state === 'alive',
	);

/** Whether the parent could continue the group of its child. Who started the scenario is a shell in all but name. */
const isWatchedBy = ({group, session, pid}: Process, parent: Process | undefined): boolean => {
	if (!parent || parent.group === group) return false;
	return parent.session === session || (parent.isKernelProcess && session === pid);
};

/** Whether a group is orphaned, `without` one who is about to end. */
export const isOrphaned = (kernel: Kernel, group: number, without?: Process): boolean =>
	!membersOf(kernel, group).some(
		member => member !== without && isWatchedBy(member, kernel.processes.get(member.parent)),
	);

/**
 * The groups that the end of a process leaves orphaned with stopped members, who are to get SIGHUP and SIGCONT: its own if
 * it was the one with a parent outside, and those of its children. To be asked when the children have their new parent.
 */
export const groupsOrphanedBy = (
	kernel: Kernel,
	process: Process,
	children: readonly Process[],
): readonly number[] => {
	const groups = new Set<number>();
	if (isWatchedBy(process, kernel.processes.get(process.parent))) groups.add(process.group);
	for (const child of children) if (isWatchedBy(child, process)) groups.add(child.group);
	return [...groups].filter(
		group =>
			isOrphaned(kernel, group, process) &&
			membersOf(kernel, group).some(member => member !== process && member.isStopped),
	);
};
