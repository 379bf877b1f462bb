import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PerIdResult } from '../../../mail/model.ts';
import { createGate } from '../../testing/gate.ts';

interface Kept {
  accountId: string;
  mailboxId: string;
  keywords: Set<string>;
}
interface Asked {
  ids: string[];
  to?: string;
  toAccountId?: string;
  add?: string[];
  remove?: string[];
}

/** A server of several accounts where, as over IMAP, a message that moves gets another id, and its old one names nothing. */
export async function startMessagesServer() {
  const messages = new Map<string, Kept>();
  const asked: string[] = [];
  const gate = createGate();
  let last = 0;

  function rename(id: string, to: Partial<Kept>): PerIdResult {
    last += 1;
    const newId = `n${last}`;
    messages.set(newId, { ...(messages.get(id) as Kept), ...to });
    messages.delete(id);
    return { id, newId };
  }

  function act(accountId: string, verb: string, id: string, { to, toAccountId, add, remove }: Asked): PerIdResult {
    const message = messages.get(id);
    if (message?.accountId !== accountId) return { id, error: { code: 'notFound' } };
    if (verb !== 'keywords') return rename(id, { accountId: toAccountId ?? accountId, mailboxId: to ?? '' });
    for (const keyword of add ?? []) message.keywords.add(keyword);
    for (const keyword of remove ?? []) message.keywords.delete(keyword);
    return { id };
  }

  async function answer(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, accountId = '', verb = ''] = /accounts\/([^/]+)\/messages\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    asked.push(`${verb} ${body.ids.join(' ')}`);
    await gate.pass();
    return { results: body.ids.map((id) => act(accountId, verb, id, body)) };
  }

  const server = createServer(async (request, response) => {
    const answered = JSON.stringify(await answer(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(answered);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    put: (id: string, accountId = 'a', mailboxId = 'inbox') =>
      void messages.set(id, { accountId, mailboxId, keywords: new Set() }),
    /** Where each message is, and what it is marked with: `a/inbox $flagged`. */
    places: () =>
      [...messages.values()].map((one) => [`${one.accountId}/${one.mailboxId}`, ...one.keywords].join(' ')).sort(),
    /** Nothing is answered until the function that it gives is called. */
    hold: gate.hold,
    stop: () => server.close().closeAllConnections(),
  };
}
