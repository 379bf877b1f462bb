import { Agent, type IncomingMessage, request } from 'node:http';

/** A signed-in person over one kept connection, with as little of a client in the way as Node has. */
export interface BenchPerson {
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  cookies(): { name: string; value: string }[];
  close(): void;
}

/** Signs in as the sign-in page does. Throws when the product refuses. */
export async function signIn(url: string, login: { username: string; password: string }): Promise<BenchPerson> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const jar = new Map<string, string>();
  const call = async (method: string, path: string, type?: string, body?: string): Promise<unknown> => {
    const headers: Record<string, string> = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    if (type) Object.assign(headers, { 'content-type': type, origin: url, 'sec-fetch-site': 'same-origin' });
    const { response, text } = await exchange(new URL(path, url), { method, agent, headers }, body);
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    if ((response.statusCode ?? 0) >= 400) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return JSON.parse(text);
  };
  const { csrfToken } = (await call('GET', '/api/auth/csrf')) as { csrfToken: string };
  const form = new URLSearchParams({ ...login, protocol: 'imap', csrfToken, json: 'true' }).toString();
  await call('POST', '/api/auth/callback/credentials', 'application/x-www-form-urlencoded', form);
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, 'application/json', JSON.stringify(body)),
    cookies: () => [...jar].map(([name, value]) => ({ name, value })),
    close: () => agent.destroy(),
  };
}

function exchange(url: URL, options: object, body?: string): Promise<{ response: IncomingMessage; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
