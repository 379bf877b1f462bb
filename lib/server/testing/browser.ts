import { handleAuth } from '../auth.ts';
import { config } from '../config.ts';

/** A browser as far as sign-in needs one: keeps cookies, fetches the CSRF token, sends forms to /api/auth. */
export function createBrowser({ address = '127.0.0.1', userAgent = 'Test Browser' } = {}) {
  const jar = new Map<string, string>();

  function request(path: string, init: RequestInit = {}): Request {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('x-forwarded-for', address);
    headers.set('user-agent', userAgent);
    return new Request(new URL(path, config().url), { ...init, headers });
  }

  async function auth(path: string, fields?: Record<string, string>): Promise<Response> {
    const form = fields && { method: 'POST', body: new URLSearchParams(fields) };
    const params = Promise.resolve({ nextauth: path.split('/') });
    const response = await handleAuth(request(`/api/auth/${path}`, form), { params });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]*)=([^;]*)(.*)$/.exec(cookie) ?? [];
      if (value === '' || /max-age=0/i.test(attributes)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  async function post(
    path: string,
    fields: Record<string, string>,
  ): Promise<{ response: Response; error: string | null }> {
    const { csrfToken } = (await (await auth('csrf')).json()) as { csrfToken: string };
    const response = await auth(path, { ...fields, csrfToken, json: 'true' });
    const { url } = (await response.clone().json()) as { url: string };
    return { response, error: new URL(url, config().url).searchParams.get('error') };
  }

  return {
    jar,
    auth,
    request,
    /** The error code in the answer; null when signed in. */
    signIn: async (fields: Record<string, string>) => (await post('callback/credentials', fields)).error,
    /** As `signIn`, with the whole answer. */
    postSignIn: (fields: Record<string, string>) => post('callback/credentials', fields),
    signOut: () => post('signout', {}),
  };
}
