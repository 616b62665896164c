/** The outbox: everything said leaves the program here, once, in order, at each platform's pace. */
export type { ResolveContact, ResolveParty, WordsOptions } from './compose.ts';
export type { Failure, Obstacle, Reroute } from './deliver.ts';
export type { Dispatcher, DispatcherOptions } from './dispatcher.ts';
export { createDispatcher } from './dispatcher.ts';
export type { FailuresOptions } from './failures.ts';
export { tellDispatchers } from './failures.ts';
