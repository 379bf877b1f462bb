import { config } from '../server/config.ts';
import { currentSession } from '../server/session.ts';

/** What the sign-in page may tell before anyone has signed in: nothing but what the admin offers. */
export interface Offer {
  /** Both only where some domain offers both. */
  protocols: ('imap' | 'pop3')[];
  /** The mail host, where all sign-ins go to one. */
  host: string | null;
}

/** Reads the offer from the configuration. */
export function readOffer(): Offer {
  const servers = [...config().servers.values()];
  const hosts = new Set(
    servers.flatMap(({ imap, pop3 }) => [imap?.host, pop3?.host].filter((host) => host !== undefined)),
  );
  const [host] = hosts;
  return {
    protocols: (['imap', 'pop3'] as const).filter((protocol) => servers.some((one) => one[protocol] !== null)),
    host: hosts.size === 1 && host !== undefined ? host : null,
  };
}

/** Whether whoever sent these headers is signed in already. */
export async function isSignedIn(headers: Headers): Promise<boolean> {
  return (await currentSession(new Request('http://localhost/', { headers }))) !== null;
}
