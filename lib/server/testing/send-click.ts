import { resolveByDns } from '../allowed-lookup.ts';
import { postOneClick } from '../one-click.ts';

/** A process of its own, since Node reads its authorities (NODE_EXTRA_CA_CERTS) once: sends a click, and prints whether it was accepted. */
const [address = ''] = process.argv.slice(2);
const way = { resolve: resolveByDns([]), mayReach: (reached: string) => reached === '127.0.0.1' };
// A line by itself: the log goes to the same place, before or after it.
const isAccepted = await postOneClick(address, way, AbortSignal.timeout(30_000));
process.stdout.write(`\naccepted: ${isAccepted}\n`);
