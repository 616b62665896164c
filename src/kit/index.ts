/**
 * What adapters have in common, so that each holds its platform's protocol and nothing else: HTTP whose errors tell
 * whether anything left, waiting that ends with a stop, and words without secrets. Optional: the port alone is the
 * contract.
 */
export type { AdapterLog, AdapterTimers, Finding } from './parts.ts';
export { backoffMs, Patience } from './patience.ts';
export type { Redact } from './redact.ts';
export { Redactor, redactedLog } from './redact.ts';
export { Sends } from './sends.ts';
export { StateFile } from './state-file.ts';
export type { AbortSignalLike, Wire, WireAnswer, WireRequest } from './wire.ts';
export { createWire, WireError } from './wire.ts';
