import { Agent, type IncomingMessage, request } from 'node:http';
import type { Mailbox, MessageSummary, Page } from '../lib/mail/model.ts';

/** A signed-in person over one kept connection, with as little of a client in the way as Node has. */
export interface BenchPerson {
  get(path: string): Promise<unknown>;
  /** Reads an answer of whatever kind and status to its end, and gives its status; 0 where it was left after so many ms, or broke off. */
  drain(path: string, patienceMs: number): Promise<number>;
  post(path: string, body: unknown): Promise<unknown>;
  cookies(): { name: string; value: string }[];
  close(): void;
}

/** Signs in as the sign-in page does. Throws when the product refuses. */
export async function signIn(
  url: string,
  login: { username: string; password: string; protocol?: 'imap' | 'pop3' },
): Promise<BenchPerson> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const call = async (method: string, path: string, type?: string, body?: string): Promise<unknown> => {
    const headers: Record<string, string> = { cookie: cookie() };
    if (type) Object.assign(headers, { 'content-type': type, origin: url, 'sec-fetch-site': 'same-origin' });
    const { response, text } = await exchange(new URL(path, url), { method, agent, headers }, body);
    for (const set of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    if ((response.statusCode ?? 0) >= 400) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return JSON.parse(text);
  };
  const { csrfToken } = (await call('GET', '/api/auth/csrf')) as { csrfToken: string };
  const form = new URLSearchParams({ protocol: 'imap', ...login, csrfToken, json: 'true' }).toString();
  await call('POST', '/api/auth/callback/credentials', 'application/x-www-form-urlencoded', form);
  return {
    get: (path) => call('GET', path),
    drain: (path, patienceMs) =>
      new Promise((resolve) => {
        const signal = AbortSignal.timeout(patienceMs);
        const failed = () => resolve(0);
        const asked = request(new URL(path, url), { agent, headers: { cookie: cookie() }, signal }, (response) => {
          response
            .on('error', failed)
            .on('end', () => resolve(response.statusCode ?? 0))
            .resume();
        });
        asked.on('error', failed).end();
      }),
    post: (path, body) => call('POST', path, 'application/json', JSON.stringify(body)),
    cookies: () => [...jar].map(([name, value]) => ({ name, value })),
    close: () => agent.destroy(),
  };
}

/** The first page of somebody's Inbox, with the addresses of the account and of the page. */
export interface Inbox {
  base: string;
  path: string;
  page: Page<MessageSummary>;
}

export async function inboxOf(person: BenchPerson): Promise<Inbox> {
  const { accounts } = (await person.get('/api/session')) as { accounts: { id: string }[] };
  const base = `/api/accounts/${accounts[0]?.id}`;
  const { mailboxes } = (await person.get(`${base}/mailboxes`)) as { mailboxes: Mailbox[] };
  const path = `${base}/mailboxes/${mailboxes.find(({ role }) => role === 'inbox')?.id}/messages?position=0&limit=50`;
  return { base, path, page: (await person.get(path)) as Page<MessageSummary> };
}

function exchange(url: URL, options: object, body?: string): Promise<{ response: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    asked.on('error', (cause) => reject(new Error(`${url.pathname}: ${cause.message}`, { cause })));
    asked.end(body);
  });
}
