import { MailError } from '../errors.ts';
import { tellChanges } from './changes.ts';
import { connectImap } from './connect.ts';
import type { Account, Held } from './pool-types.ts';
import { translateError } from './translate-error.ts';

export interface OpenEvents {
  opened(held: Held): void;
  closed(held: Held): void;
  failed(error: MailError): void;
}

/** Opens one connection for an account and tells how it went; a connection that closes later is told too. */
export function openHeld(account: Account, events: OpenEvents): void {
  const { server, login, log, limits } = account;
  const { connectMs, idleDelayMs } = limits;
  connectImap({ server, login, log, trace: account.trace.connection(), connectMs, idleDelayMs }).then(
    (client) => {
      const unused = {
        isBusy: false,
        isUsed: false,
        lastUsedAt: Date.now(),
        watches: null,
        notified: null,
        hasArrivals: false,
        changes: 0,
      };
      const held: Held = { client, account, ...unused };
      client.on('close', () => events.closed(held));
      tellChanges(held);
      if (client.usable) events.opened(held);
      else events.failed(new MailError('unreachable', 'the connection closed at once'));
    },
    (error: unknown) => events.failed(translateError(error)),
  );
}
