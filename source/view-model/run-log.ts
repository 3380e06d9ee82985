// The names under which the exports know the kernel and its events: they may not import it.

export type {Kernel} from '../kernel/kernel.js';
export type {KernelEvent} from '../kernel/trace/events.js';
export {threadName, processName} from './accounts.js';
