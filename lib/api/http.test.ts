import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits, type OperationName, type OperationShape, operations } from '../contract/operations.ts';
import { type Dovecot, startDovecot } from '../mail/testing/dovecot.ts';
import { type Conformity, createConformity } from './testing/conformity.ts';
import { attached, deliver, letterWithParts, picture, plainLetter } from './testing/letters.ts';
import { createPerson, type Person } from './testing/person.ts';
import { type Product, startProduct } from './testing/product.ts';

const password = 'correct horse “battery”';
const specialUse = { Sent: '\\Sent', Drafts: '\\Drafts', Trash: '\\Trash', Junk: '\\Junk' };
let mail: Dovecot;
let product: Product;
let conformity: Conformity;
let ada: Person;
let nobody: Person;
let accountId: string;
const mailboxIds = new Map<string, string>();
const at = (more: Record<string, string> = {}) => ({ accountId, ...more });
const boxId = (path: string) => mailboxIds.get(path) ?? '';

beforeAll(async () => {
  const users = ['ada', 'ben'].map((name) => ({ username: `${name}@example.org`, password }));
  mail = await startDovecot({ users, specialUse });
  const letters = Array.from({ length: 30 }, (_, index) =>
    plainLetter(`letter ${index}`, `the body of ${index}, herring`),
  );
  deliver(mail, 'ada@example.org', '', [...letters, letterWithParts('parts')]);
  deliver(mail, 'ada@example.org', 'Projects', [plainLetter('harbour', 'a herring'), plainLetter('bridge')]);
  deliver(mail, 'ben@example.org', '', [plainLetter('for Ben alone')]);
  product = await startProduct(mail, { METRICS_TOKEN: 'token-of-the-metrics-reader' });
  conformity = createConformity((await (await fetch(`${product.url}/api/openapi.json`)).json()) as object);
  ada = createPerson(product.url, conformity);
  nobody = createPerson(product.url, conformity);
  expect(await ada.signIn({ username: 'ada@example.org', password })).toBeNull();
  const session = await ada.call('getSession');
  accountId = session.json.accounts[0].id;
  const { json } = await ada.call('listMailboxes', { params: at(), query: { counts: 'true' } });
  for (const mailbox of json.mailboxes) mailboxIds.set(mailbox.role ?? mailbox.name, mailbox.id);
}, 180_000);

afterAll(async () => {
  await product?.stop();
  await mail?.stop();
});

const list = async (mailbox: string, query = {}) =>
  (await ada.call('listMessages', { params: at({ mailboxId: boxId(mailbox) }), query })).json;
const idOf = async (mailbox: string, subject: string): Promise<string> =>
  (await list(mailbox, { limit: '200' })).items.find((item: { subject: string }) => item.subject === subject)?.id;

describe('a day with the mail', () => {
  test('the session tells the account and what it can do', async () => {
    const { json } = await ada.call('getSession');
    expect(json).toMatchObject({
      username: 'ada@example.org',
      accounts: [{ protocol: 'imap', capabilities: { move: true } }],
    });
  });

  test('a folder is listed newest first, by windows that fit together', async () => {
    const whole = await list('inbox', { limit: '31' });
    expect(whole.total).toBe(31);
    expect(whole.items[0].subject).toBe('parts');
    const window = await list('inbox', { position: '10', limit: '5' });
    expect(window.items).toEqual(whole.items.slice(10, 15));
    expect((await list('inbox', { position: '9999' })).items).toEqual([]);
  });

  test('a keyword is set, and gone when it is taken away', async () => {
    const id = await idOf('inbox', 'letter 3');
    const body = { ids: [id], add: ['$seen', '$flagged'] };
    expect((await ada.call('setKeywords', { params: at(), body })).json.results).toEqual([{ id }]);
    expect((await ada.call('getMessage', { params: at({ messageId: id }) })).json.keywords.sort()).toEqual([
      '$flagged',
      '$seen',
    ]);
    await ada.call('setKeywords', { params: at(), body: { ids: [id], remove: ['$flagged'] } });
    expect((await ada.call('getMessage', { params: at({ messageId: id }) })).json.keywords).toEqual(['$seen']);
  });

  test('a message is moved to Trash under a new id, and from there deleted for good', async () => {
    const id = await idOf('inbox', 'letter 4');
    const moved = await ada.call('moveMessages', { params: at(), body: { ids: [id], to: boxId('trash') } });
    const [{ newId }] = moved.json.results;
    expect((await ada.call('getMessage', { params: at({ messageId: id }) })).status).toBe(404);
    expect((await ada.call('getMessage', { params: at({ messageId: newId }) })).json.subject).toBe('letter 4');
    await ada.call('destroyMessages', { params: at(), body: { ids: [newId] } });
    expect((await list('trash')).total).toBe(0);
  });

  test('a folder is made, renamed, emptied of its subscription and deleted', async () => {
    const made = await ada.call('createMailbox', {
      params: at(),
      body: { name: 'Größe: 100 % & “mehr”', parentId: null },
    });
    expect(made.json.name).toBe('Größe: 100 % & “mehr”');
    const change = { name: 'Wichtig', isSubscribed: false };
    const renamed = await ada.call('updateMailbox', { params: at({ mailboxId: made.json.id }), body: change });
    expect(renamed.json).toMatchObject({ name: 'Wichtig', isSubscribed: false });
    const gone = await ada.call('deleteMailbox', { params: at({ mailboxId: renamed.json.id }) });
    expect(gone.status).toBe(204);
    const again = await ada.call('deleteMailbox', { params: at({ mailboxId: renamed.json.id }) });
    expect(again.status).toBe(404);
  });

  test('Trash is emptied; the Inbox cannot be', async () => {
    const id = await idOf('inbox', 'letter 5');
    await ada.call('moveMessages', { params: at(), body: { ids: [id], to: boxId('trash') } });
    const emptied = await ada.call('emptyMailbox', { params: at({ mailboxId: boxId('trash') }) });
    expect(emptied.json).toEqual({ destroyed: 1 });
    const refused = await ada.call('emptyMailbox', { params: at({ mailboxId: boxId('inbox') }) });
    expect(refused.json.code).toBe('invalid');
    expect((await list('inbox')).total).toBeGreaterThan(20);
  });

  test('settings are kept, and only those that exist', async () => {
    expect((await ada.call('updateSettings', { body: { density: 'compact' } })).json.density).toBe('compact');
    expect((await ada.call('getSettings')).json.density).toBe('compact');
    expect((await ada.call('updateSettings', { body: { colour: 'red' } })).status).toBe(400);
  });

  test('all ids of a folder can be had, and those of a search', async () => {
    const params = at({ mailboxId: boxId('Projects') });
    expect((await ada.call('listMessageIds', { params })).json.ids).toHaveLength(2);
    expect((await ada.call('listMessageIds', { params, query: { q: 'subject:bridge' } })).json.ids).toHaveLength(1);
    expect((await ada.call('listMessageIds', { params, query: { q: 'in:inbox x' } })).json.code).toBe('invalid');
  });
});

describe('search', () => {
  const search = async (query: Record<string, string>) => {
    const { json, headers } = await ada.call('search', { params: at(), query });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = [json].flat() as { type: string; items?: { subject: string; mailboxId: string }[]; total?: number }[];
    return { hits: lines.flatMap((line) => line.items ?? []), last: lines.at(-1) };
  };

  test('all folders are searched, and each hit names its folder', async () => {
    const { hits, last } = await search({ q: 'herring' });
    expect(new Set(hits.map((hit) => hit.mailboxId))).toEqual(new Set([boxId('inbox'), boxId('Projects')]));
    expect(last).toEqual({ type: 'done', total: hits.length });
  });

  test('one folder is searched, named beside the query or in it', async () => {
    expect((await search({ q: 'herring', in: boxId('Projects') })).hits.map((hit) => hit.subject)).toEqual(['harbour']);
    expect((await search({ q: 'in:projects herring' })).hits.map((hit) => hit.subject)).toEqual(['harbour']);
    const none = await ada.call('search', { params: at(), query: { q: 'in:nowhere herring' } });
    expect(none.json).toMatchObject({ code: 'notFound', detail: 'in:nowhere' });
  });

  test('an over-long query is refused as a problem, one of 64 KiB already by HTTP', async () => {
    const long = await ada.call('search', { params: at(), query: { q: 'x'.repeat(limits.queryLength + 1) } });
    expect(long.json).toMatchObject({ status: 400, errors: [{ path: 'query.q' }] });
    const huge = await ada.open('search', { params: at(), query: { q: 'x'.repeat(65_536) } });
    expect(huge.status).toBe(431);
    expect((await ada.call('getSession')).status).toBe(200);
  });

  test('a search that the caller leaves is stopped, and the account goes on', async () => {
    const leaving = new AbortController();
    const response = await ada.open('search', { params: at(), query: { q: 'herring' }, signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    expect((await list('inbox')).items.length).toBeGreaterThan(0);
  });
});

describe('the bytes of a message', () => {
  const partOf = async (choose: (part: { name: string | null; type: string }) => boolean) => {
    const messageId = await idOf('inbox', 'parts');
    const { json } = await ada.call('getMessage', { params: at({ messageId }) });
    return { messageId, partId: json.attachments.find(choose).partId as string };
  };
  const get = async (place: Record<string, string>, headers = {}, query = {}) => {
    const response = await ada.open('getPart', { params: at(place), headers, query });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const pdf = () => partOf((part) => part.type === 'application/pdf');

  test('an attachment comes whole, as a download that nothing can run or sniff', async () => {
    const { status, headers, bytes } = await get(await pdf(), {}, { inline: 'true' });
    expect(status).toBe(200);
    expect(bytes.equals(attached)).toBe(true);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\r\n]*\.pdf"/);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=4990-', 4_990, 4_999],
    ['bytes=-7', 4_993, 4_999],
    ['bytes=4000-999999', 4_000, 4_999],
  ])('the range %s is exactly that', async (range, first, last) => {
    const { status, headers, bytes } = await get(await pdf(), { range });
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${first}-${last}/5000`);
    expect(bytes.equals(attached.subarray(first, last + 1))).toBe(true);
  });

  test('a range past the end is 416, a malformed one is ignored, and one of another version too', async () => {
    const place = await pdf();
    const past = await get(place, { range: 'bytes=5000-' });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */5000']);
    expect((await get(place, { range: 'bytes=9-1' })).status).toBe(200);
    const whole = await get(place);
    const etag = whole.headers.get('etag') ?? '';
    expect((await get(place, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get(place, { range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200);
  });

  test('a picture is shown inline when asked for, and markup that calls itself one is not', async () => {
    const square = await partOf((part) => part.type === 'image/png' && part.name !== 'evil.png');
    const shown = await get(square, {}, { inline: 'true' });
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.bytes.equals(picture)).toBe(true);
    expect((await get(square)).headers.get('content-disposition')).toMatch(/^attachment/);
    const evil = await get(await partOf((part) => part.name === 'evil.png'), {}, { inline: 'true' });
    expect(evil.headers.get('content-type')).toBe('application/octet-stream');
    expect(evil.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('the message itself comes as it was delivered', async () => {
    const messageId = await idOf('inbox', 'parts');
    const raw = await ada.call('getRaw', { params: at({ messageId }) });
    expect(raw.headers.get('content-type')).toBe('message/rfc822');
    expect(raw.text).toContain('Subject: parts\r\n');
  });

  test('HEAD tells the headers and lets go of the part', async () => {
    const { messageId, partId } = await pdf();
    for (let times = 0; times < 10; times++) {
      const response = await ada.send(`/api/accounts/${accountId}/messages/${messageId}/parts/${partId}`, {
        method: 'HEAD',
      });
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
    expect((await get({ messageId, partId })).bytes.length).toBe(5_000);
  });

  test('a part that is not there is not found', async () => {
    const { messageId } = await pdf();
    for (const partId of ['99', '1.1.1.1', '0', '-1', 'TEXT', '1]', 'x'.repeat(150)]) {
      const { json } = await ada.call('getPart', { params: at({ messageId, partId }) });
      expect(json.code, partId).toMatch(/notFound|invalid/);
    }
  });
});

describe('changes as they happen', () => {
  test('a change made elsewhere is told, and the stream ends when the sign-in does', async () => {
    const second = createPerson(product.url, conformity);
    await second.signIn({ username: 'ada@example.org', password });
    const response = await second.open('getEvents', { query: { accountId, mailboxId: boxId('inbox') } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let told = '';
    const until = async (text: string) => {
      while (!told.includes(text)) {
        const next = await reader.read();
        if (next.done) throw new Error(`ended after: ${told}`);
        told += decoder.decode(next.value, { stream: true });
      }
    };
    await until('"live"');
    const id = await idOf('inbox', 'letter 7');
    // The watcher may not be watching yet when it is live to us: the flag goes up and down until it is seen.
    const flagging = (async () => {
      for (let times = 0; !told.includes('"mailbox"') && times < 40; times++) {
        const change = times % 2 === 0 ? { add: ['$flagged'] } : { remove: ['$flagged'] };
        await ada.call('setKeywords', { params: at(), body: { ids: [id], ...change } });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await until('"mailbox"');
    await flagging;
    expect(told).toContain(`"mailboxId":"${boxId('inbox')}"`);
    await reader.cancel();
  });
});

describe('who may', () => {
  /** Something plausible for every operation. */
  const asked = (name: OperationName) => {
    const shape: OperationShape = operations[name];
    const params = {
      accountId,
      mailboxId: boxId('inbox'),
      messageId: `${boxId('inbox')}.1.1`,
      partId: '1',
      sessionId: 'x',
    };
    return {
      params,
      query: { accountId, q: 'x' },
      ...(shape.body
        ? { body: { ids: ['x'], to: boxId('trash'), name: 'never', parentId: null, density: 'compact' } }
        : {}),
    };
  };
  const names = Object.keys(operations) as OperationName[];
  const isPublic = (name: OperationName) => (operations[name] as OperationShape).access === 'public';
  const isWrite = (name: OperationName) => operations[name].method !== 'get';

  test.each(names.filter((name) => !isPublic(name)))('%s asks for a sign-in', async (name) => {
    const answer = await nobody.call(name, asked(name));
    expect([answer.status, answer.json.code]).toEqual([401, 'unauthenticated']);
    const forged = await nobody.call(name, {
      ...asked(name),
      headers: { cookie: 'posthorn.session=eyJhbGciOiJkaXIifQ..x.y.z' },
    });
    expect(forged.status).toBe(401);
  });

  test.each(names.filter(isWrite))('%s is refused from another origin', async (name) => {
    const from = async (headers: Record<string, string>) => (await ada.call(name, { ...asked(name), headers })).status;
    expect(await from({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'same-site', origin: product.url })).toBe(403);
    expect(await from({ 'sec-fetch-site': 'none' })).toBe(403);
  });

  test('a write without any word of where it comes from is refused, one that names our origin is done', async () => {
    const write = (headers: Record<string, string>) =>
      ada.send('/api/settings', {
        method: 'PATCH',
        body: '{"theme":"dark"}',
        headers: { 'content-type': 'application/json', ...headers },
      });
    // fetch() of Node sends `sec-fetch-mode` but no `sec-fetch-site` of its own.
    expect((await write({})).status).toBe(403);
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ origin: product.url })).status).toBe(200);
  });

  test.each(names.filter((name) => isWrite(name) && 'body' in operations[name]))('%s takes JSON only', async (name) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await ada.call(name, { ...asked(name), headers: { 'content-type': type } });
      expect([answer.status, answer.json.code]).toEqual([400, 'invalid']);
    }
  });

  test('the account of another person does not exist', async () => {
    const ben = createPerson(product.url, conformity);
    expect(await ben.signIn({ username: 'ben@example.org', password })).toBeNull();
    const theirs = (await ben.call('getSession')).json.accounts[0].id;
    expect(theirs).not.toBe(accountId);
    const params = { accountId: theirs };
    expect((await ada.call('listMailboxes', { params })).json.code).toBe('notFound');
    expect((await ada.call('getEvents', { query: params })).json.code).toBe('notFound');
    expect((await ben.call('listMailboxes', { params })).status).toBe(200);
  });

  test('a sign-in that was ended is nobody’s from then on', async () => {
    const other = createPerson(product.url, conformity);
    await other.signIn({ username: 'ada@example.org', password });
    const { json } = await other.call('listSessions');
    const { id } = json.sessions.find((session: { isCurrent: boolean }) => session.isCurrent);
    expect((await ada.call('endSession', { params: { sessionId: id } })).status).toBe(204);
    expect((await other.call('getSession')).status).toBe(401);
    expect((await ada.call('endSession', { params: { sessionId: id } })).status).toBe(404);
  });

  test('after signing out the old cookie opens nothing', async () => {
    const other = createPerson(product.url, conformity);
    await other.signIn({ username: 'ada@example.org', password });
    const kept = [...other.jar];
    await other.signOut();
    for (const [name, value] of kept) other.jar.set(name, value);
    expect((await other.call('getSession')).status).toBe(401);
  });

  test('a wrong password is told by its code alone', async () => {
    expect(await nobody.signIn({ username: 'ada@example.org', password: 'wrong' })).toBe('unauthenticated');
    expect((await nobody.call('getSession')).status).toBe(401);
  });

  test('metrics are for whoever has the token', async () => {
    const get = async (headers: Record<string, string>) => (await fetch(`${product.url}/metrics`, { headers })).status;
    expect(await get({})).toBe(403);
    expect(await get({ authorization: 'Bearer wrong' })).toBe(403);
    expect(await get({ authorization: 'Bearer token-of-the-metrics-reader' })).toBe(200);
  });
});

describe('bad input', () => {
  const state = async () => {
    const { json } = await ada.call('listMailboxes', { params: at(), query: { counts: 'true' } });
    return json.mailboxes.map((mailbox: { path: string; totalMessages: number }) => [
      mailbox.path,
      mailbox.totalMessages,
    ]);
  };

  test.each(['\r\n', '\r', '\n', '\0', 'a\r\nA1 LOGOUT\r\n'])(
    'control characters (%j) are refused in every field',
    async (bad) => {
      const before = await state();
      const inbox = boxId('inbox');
      const id = await idOf('inbox', 'letter 8');
      const answers = [
        await ada.call('createMailbox', { params: at(), body: { name: `x${bad}`, parentId: null } }),
        await ada.call('createMailbox', { params: at(), body: { name: 'x', parentId: `${inbox}${bad}` } }),
        await ada.call('updateMailbox', { params: at({ mailboxId: boxId('Projects') }), body: { name: `x${bad}` } }),
        await ada.call('updateMailbox', { params: at({ mailboxId: `${inbox}${bad}` }), body: { name: 'x' } }),
        await ada.call('deleteMailbox', { params: at({ mailboxId: `${boxId('Projects')}${bad}` }) }),
        await ada.call('emptyMailbox', { params: at({ mailboxId: `${boxId('trash')}${bad}` }) }),
        await ada.call('listMessages', { params: at({ mailboxId: `${inbox}${bad}` }) }),
        await ada.call('listMessages', { params: at({ mailboxId: inbox }), query: { position: `0${bad}x` } }),
        await ada.call('listMessages', { params: at({ mailboxId: inbox }), query: { sort: `size${bad}` } }),
        await ada.call('listMessageIds', { params: at({ mailboxId: inbox }), query: { q: `x${bad}` } }),
        await ada.call('search', { params: at(), query: { q: `x${bad}` } }),
        await ada.call('search', { params: at(), query: { q: 'x', in: `${inbox}${bad}` } }),
        await ada.call('getMessage', { params: at({ messageId: `${id}${bad}` }) }),
        await ada.call('getRaw', { params: at({ messageId: `${id}${bad}` }) }),
        await ada.call('getPart', { params: at({ messageId: id, partId: `1${bad}` }) }),
        await ada.call('setKeywords', { params: at(), body: { ids: [id], add: [`x${bad}`] } }),
        await ada.call('setKeywords', { params: at(), body: { ids: [id], remove: [`x${bad}`] } }),
        await ada.call('moveMessages', { params: at(), body: { ids: [id], to: `${boxId('trash')}${bad}` } }),
        await ada.call('copyMessages', { params: at(), body: { ids: [id], to: `${boxId('trash')}${bad}` } }),
        await ada.call('getEvents', { query: { accountId: `${accountId}${bad}` } }),
        await ada.call('endSession', { params: { sessionId: `x${bad}` } }),
        await ada.call('updateSettings', { body: { theme: `dark${bad}` } }),
      ];
      expect(answers.map((answer) => [400, 404].includes(answer.status) || answer.text)).not.toContainEqual(
        expect.any(String),
      );
      const batch = [
        await ada.call('setKeywords', { params: at(), body: { ids: [`${id}${bad}`], add: ['$seen'] } }),
        await ada.call('moveMessages', { params: at(), body: { ids: [`${id}${bad}`], to: boxId('trash') } }),
        await ada.call('destroyMessages', { params: at(), body: { ids: [`${id}${bad}`] } }),
      ];
      for (const answer of batch) expect(answer.json.results?.[0]?.error.code ?? answer.json.code).toBe('notFound');
      expect(await state()).toEqual(before);
    },
  );

  test('ten thousand forged ids get ten thousand answers, one more is refused', async () => {
    const id = await idOf('inbox', 'letter 9');
    const forged = Array.from(
      { length: limits.ids - 1 },
      (_, index) => `${boxId('inbox')}.zzz.${(index + 1).toString(36)}`,
    );
    const { status, json } = await ada.call('setKeywords', {
      params: at(),
      body: { ids: [...forged, id], add: ['$flagged'] },
    });
    expect(status).toBe(200);
    expect(json.results).toHaveLength(limits.ids);
    expect(new Set(json.results.slice(0, -1).map((result: { error: { code: string } }) => result.error.code))).toEqual(
      new Set(['stale']),
    );
    expect(json.results.at(-1)).toEqual({ id });
    const more = await ada.call('setKeywords', { params: at(), body: { ids: [...forged, id, id], add: ['$flagged'] } });
    expect(more.json).toMatchObject({ code: 'invalid', errors: [{ path: 'body.ids' }] });
  });

  test.each([
    ['of no mailbox', () => 'm.1.1'],
    ['of a mailbox that is not there', () => `m${Buffer.from('Nowhere').toString('base64url')}.1.1`],
    ['of an earlier life of the mailbox', () => `${boxId('inbox')}.1.1`],
    ['of a message that is not there', async () => (await idOf('inbox', 'letter 9')).replace(/[^.]+$/, 'zzzz')],
    ['of POP3', () => `p${Buffer.from('0001').toString('base64url')}`],
    ['with a UID of zero', () => `${boxId('inbox')}.1.0`],
    ['that is too large a number', () => `${boxId('inbox')}.zzzzzzz.1`],
    ['climbing out of the mail', () => `m${Buffer.from('../../ben@example.org').toString('base64url')}.1.1`],
    ['of nonsense', () => '%00%ff..//'],
  ])('an id %s is refused, and nothing is changed', async (_, make) => {
    const messageId = await make();
    const before = await state();
    const read = await ada.call('getMessage', { params: at({ messageId }) });
    expect(['notFound', 'stale', 'invalid']).toContain(read.json.code);
    for (const name of ['moveMessages', 'copyMessages', 'destroyMessages', 'setKeywords'] as const) {
      const body = {
        ids: [messageId],
        ...(name.endsWith('Messages') && name !== 'destroyMessages' ? { to: boxId('trash') } : {}),
      };
      const answer = await ada.call(name, {
        params: at(),
        body: name === 'setKeywords' ? { ...body, add: ['$seen'] } : body,
      });
      expect(['notFound', 'stale', 'invalid'], `${name} ${answer.text}`).toContain(
        answer.json.results?.[0].error.code ?? answer.json.code,
      );
    }
    expect(await state()).toEqual(before);
  });

  test('a body over the bound is too large, with and without a length', async () => {
    const large = JSON.stringify({ ids: ['x'.repeat(limits.jsonBytes)], add: [] });
    expect((await ada.call('setKeywords', { params: at(), body: large })).json.code).toBe('tooLarge');
    const chunked = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 3 * limits.jsonBytes; sent += 65_536) controller.enqueue(Buffer.alloc(65_536, 'x'));
        controller.close();
      },
    });
    const init = { method: 'PATCH', body: chunked, duplex: 'half' } as RequestInit;
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const status = await ada.send('/api/settings', { ...init, headers }).then(
      (response) => response.status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(status);
    expect((await ada.call('getSession')).status).toBe(200);
  });

  test('a login of 50 MB is refused unread', async () => {
    const body = `username=${'x'.repeat(50 * 1024 * 1024)}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = nobody.send('/api/auth/callback/credentials', { method: 'POST', body, headers: type });
    expect([413, 'cut']).toContain(
      await sent.then(
        (response) => response.status,
        () => 'cut',
      ),
    );
    expect((await ada.call('getSession')).status).toBe(200);
  });

  test('JSON that is none, or not of the shape, is invalid', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '"x"',
      '{"ids":"x"}',
      '{"ids":[],"add":[]}',
      '{"ids":[1]}',
      '{"ids":["x"],"__proto__":{"to":"x"}}',
    ]) {
      const answer = await ada.call('setKeywords', { params: at(), body });
      expect([answer.status, answer.json.code], body).toEqual([400, 'invalid']);
    }
  });

  test('what is no operation is not found, and no method that is not offered is', async () => {
    expect((await ada.send('/api/nothing')).status).toBe(404);
    expect((await ada.send('/api/session', { method: 'POST' })).status).toBe(405);
    expect((await ada.send('/_next/image?url=%2Ficon.svg&w=64&q=75')).status).toBe(404);
  });
});

describe('the same write twice', () => {
  const key = () => ({ 'idempotency-key': Math.random().toString(36) });
  const countOf = async (mailbox: string) => (await list(mailbox)).total as number;

  test('one key copies once, and both get the same answer; another key copies again', async () => {
    const body = { ids: [await idOf('inbox', 'letter 10')], to: boxId('Projects') };
    const before = await countOf('Projects');
    const headers = key();
    const first = await ada.call('copyMessages', { params: at(), body, headers });
    const second = await ada.call('copyMessages', { params: at(), body, headers });
    expect(second.text).toBe(first.text);
    expect([first, second].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await countOf('Projects')).toBe(before + 1);
    await ada.call('copyMessages', { params: at(), body, headers: key() });
    expect(await countOf('Projects')).toBe(before + 2);
  });

  test('two at the same moment are done once', async () => {
    const body = { ids: [await idOf('inbox', 'letter 11')], to: boxId('Projects') };
    const before = await countOf('Projects');
    const headers = key();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => ada.call('copyMessages', { params: at(), body, headers })),
    );
    expect(answers.filter((answer) => answer.status === 200 || answer.status === 409)).toHaveLength(4);
    expect(await countOf('Projects')).toBe(before + 1);
  });

  test('a key that was used for something else is refused, and one that is no key', async () => {
    const headers = key();
    await ada.call('updateSettings', { body: { theme: 'light' }, headers });
    const other = await ada.call('updateSettings', { body: { theme: 'dark' }, headers });
    expect(other.json).toMatchObject({ code: 'invalid', detail: 'Idempotency-Key' });
    expect((await ada.call('getSettings')).json.theme).toBe('light');
    const long = await ada.call('updateSettings', { body: {}, headers: { 'idempotency-key': 'x'.repeat(256) } });
    expect(long.json.code).toBe('invalid');
  });

  test('a key belongs to its sign-in', async () => {
    const headers = key();
    const other = createPerson(product.url, conformity);
    await other.signIn({ username: 'ada@example.org', password });
    await ada.call('updateSettings', { body: { theme: 'light' }, headers });
    const theirs = await other.call('updateSettings', { body: { theme: 'system' }, headers });
    expect([theirs.status, theirs.headers.get('idempotency-replayed')]).toEqual([200, null]);
  });
});

describe('over POP3', () => {
  test('the same calls list, read, flag and delete, and what POP3 has not is unsupported', async () => {
    deliver(mail, 'ben@example.org', '', [plainLetter('first'), letterWithParts('second')]);
    const ben = createPerson(product.url, conformity);
    expect(await ben.signIn({ username: 'ben@example.org', password, protocol: 'pop3' })).toBeNull();
    const [account] = (await ben.call('getSession')).json.accounts;
    expect(account).toMatchObject({ protocol: 'pop3', capabilities: { watch: false } });
    const params = { accountId: account.id };
    const [inbox] = (await ben.call('listMailboxes', { params })).json.mailboxes;
    const inInbox = { ...params, mailboxId: inbox.id };
    const page = (await ben.call('listMessages', { params: inInbox })).json;
    const id = page.items.find((item: { subject: string }) => item.subject === 'second').id;
    await ben.call('setKeywords', { params, body: { ids: [id], add: ['$flagged'] } });
    const opened = await ben.call('getMessage', { params: { ...params, messageId: id } });
    expect(opened.json.keywords).toEqual(['$flagged']);
    const { partId } = opened.json.attachments.find((part: { type: string }) => part.type === 'application/pdf');
    const part = await ben.open('getPart', {
      params: { ...params, messageId: id, partId },
      headers: { range: 'bytes=10-19' },
    });
    expect(Buffer.from(await part.arrayBuffer()).equals(attached.subarray(10, 20))).toBe(true);
    expect((await ben.call('getEvents', { query: params })).json.code).toBe('unsupported');
    expect((await ben.call('createMailbox', { params, body: { name: 'x', parentId: null } })).json.code).toBe(
      'unsupported',
    );
    await ben.call('destroyMessages', { params, body: { ids: [id] } });
    expect((await ben.call('listMessages', { params: inInbox })).json.total).toBe(page.total - 1);
  });
});

describe('pages and the mail frame', () => {
  test('the mail frame may be framed by us alone, and nothing runs in it', async () => {
    const response = await fetch(`${product.url}/frame`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain('sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox');
    expect(policy).not.toMatch(/script-src|allow-scripts/);
    expect(policy).toContain(`img-src data: ${product.url}/api/accounts/`);
    expect(response.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(await response.text()).not.toMatch(/<script/i);
  });

  test('every page has a policy with a nonce of its own', async () => {
    const policyOf = async () => (await fetch(`${product.url}/signin`)).headers.get('content-security-policy') ?? '';
    const [one, two] = [await policyOf(), await policyOf()];
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(one)?.[1];
    expect(nonce).toBeTruthy();
    expect(two).not.toContain(nonce);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
      expect(one).toContain(part);
    expect(one).not.toContain('unsafe-eval');
    const page = await fetch(`${product.url}/signin`);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const own = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    const scripts = (await page.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${own}"`);
  });
});

test('every operation has answered as openapi.json says', () => {
  const streams = new Set<OperationName>(['getPart', 'getEvents']);
  const names = (Object.keys(operations) as OperationName[]).filter(
    (name) => !streams.has(name) && operations[name].path !== '/api/health' && operations[name].path !== '/api/ready',
  );
  expect(names.filter((name) => !conformity.seen.has(name))).toEqual([]);
});

test('no secret is in the log, which holds no addresses of pages with secrets either', () => {
  expect(product.log()).toContain('signed in');
  const cookie = ada.jar.get('posthorn.session') ?? '';
  for (const secret of [
    password,
    encodeURIComponent(password),
    'a secret of the tests',
    cookie,
    'token-of-the-metrics-reader',
  ]) {
    expect(secret.length).toBeGreaterThan(10);
    expect(product.log()).not.toContain(secret);
  }
  expect(product.log()).not.toMatch(/herring|Subject:/);
});

test('at the end the process closes in order', async () => {
  expect(await product.stop()).toBe(0);
});
