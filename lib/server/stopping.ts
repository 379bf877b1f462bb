import { live } from './live.ts';

const stop = live('stop', () => new AbortController());

/** Aborts when the process is asked to end: what streams for hours, such as /api/events, ends then. */
export const stopping = (): AbortSignal => stop.signal;

/** Asks everything to end. */
export const beginStopping = (): void => stop.abort();
