import { announcedServers, announceServers } from './servers.ts';
import { startServers } from './start.ts';

/** Starts the servers before the first test and gives what ends them; servers announced from outside are left alone. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (announcedServers() !== null) return undefined;
  const { servers, stop } = await startServers();
  announceServers(servers);
  return stop;
}
