import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGate } from '../../testing/gate.ts';

interface Kept {
  id: string;
  messageId: string;
  subject: string;
}

/** A server of one person's drafts, with what may go wrong between it and a composer. */
export async function startDraftsServer() {
  const drafts: Kept[] = [];
  const answered = new Map<string, object>();
  const asked: string[] = [];
  let last = 0;
  const gate = createGate();
  const will = { loseAnswers: 0, removesNothing: false };

  function save(replaces: string | null, { messageId, subject }: Kept) {
    last += 1;
    const id = `d${last}`;
    drafts.push({ id, messageId, subject });
    const at = drafts.findIndex((one) => one.id === replaces);
    const before = drafts[at]?.subject;
    const isLeft = at >= 0 && will.removesNothing;
    if (at >= 0 && !isLeft) drafts.splice(at, 1);
    const others = drafts.filter((one) => one.messageId === messageId && one.id !== id && one.id !== replaces);
    const otherId = others.findLast((one) => one.subject !== before)?.id ?? null;
    const copyId = others.find((one) => one.subject === before)?.id ?? null;
    const left = isLeft ? { id: replaces, problem: 'unsupported' } : null;
    return { id, messageId, savedAt: '2026-01-05T10:00:00.000Z', otherId, copyId, left, attachments: [] };
  }

  function remove(id: string) {
    const at = drafts.findIndex((one) => one.id === id);
    if (at < 0) return { status: 404, code: 'notFound' };
    if (will.removesNothing) return { status: 501, code: 'unsupported' };
    drafts.splice(at, 1);
    return { status: 204, code: null };
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const id = /\/drafts\/([^/]+)$/.exec(request.url ?? '')?.[1] ?? null;
    asked.push(`${request.method} ${id ?? ''}`.trim());
    await gate.pass();
    if (request.method === 'DELETE') {
      const { status, code } = remove(id ?? '');
      response.writeHead(status, { 'content-type': 'application/problem+json' });
      return void response.end(code === null ? undefined : JSON.stringify({ code }));
    }
    const key = String(request.headers['idempotency-key']);
    const value = answered.get(key) ?? save(id, JSON.parse(Buffer.concat(chunks).toString()));
    answered.set(key, value);
    if (will.loseAnswers > 0) {
      will.loseAnswers -= 1;
      return void request.socket.destroy();
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    drafts,
    asked,
    will,
    /** Nothing is answered until the function that it gives is called. */
    hold: gate.hold,
    /** Copied by another program, as it is. */
    copy(id: string) {
      last += 1;
      drafts.push({ ...(drafts.find((one) => one.id === id) as Kept), id: `d${last}` });
    },
    /** The same draft, written on at another device. */
    writeElsewhere: (replaces: string, subject: string) =>
      save(replaces, { ...(drafts.find(({ id }) => id === replaces) as Kept), subject }),
    stop: () => server.close().closeAllConnections(),
  };
}
