import { findServers as find } from '../server/discovery/find.ts';
import type { Call } from './call.ts';

/** Tells where the mail of an address is. */
export const findServers = ({ signedIn, body, signal }: Call<'findServers'>) => find(signedIn, body, signal);
