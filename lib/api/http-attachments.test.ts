import { beforeAll, describe, expect, test } from 'vitest';
import { letter } from '../mail/testing/letters.ts';
import { attached, deliver } from './testing/letters.ts';
import { useProduct } from './testing/office.ts';
import { unzip } from './testing/unzip.ts';

const office = useProduct();
const { at, idOf } = office;

interface File {
  name: string;
  type?: string;
  bytes: Buffer;
}

function letterOf(subject: string, files: File[]): string {
  const parts = files.flatMap(({ name, type = 'application/octet-stream', bytes }) => [
    '--b',
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
  ]);
  return letter({
    subject,
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    body: ['--b', 'Content-Type: text/plain', '', 'see below', ...parts, '--b--'].join('\r\n'),
  });
}

const large = Buffer.alloc(8_000_000, 'the same again and again ');
const hostile: File[] = [
  { name: '../../etc/cron.d/root', bytes: Buffer.from('one') },
  { name: 'C:\\Windows\\system32\\root', bytes: Buffer.from('two') },
  { name: 'photo\u202egnp.exe', bytes: Buffer.from('three') },
  { name: 'a\r\nSet-Cookie: x.txt', bytes: Buffer.from('four') },
  { name: 'CON.txt', bytes: Buffer.from('five') },
  { name: '東京 – grüße.pdf', bytes: attached },
  { name: `${'long '.repeat(100)}.tar.gz`, bytes: Buffer.from('six') },
  { name: 'empty', bytes: Buffer.alloc(0) },
];

beforeAll(() => {
  deliver(office.mail, 'ada@example.org', '', [
    letterOf('hostile / names', hostile),
    letterOf('large', [{ name: 'large.bin', bytes: large }, ...hostile.slice(0, 1)]),
    letterOf('texts', [
      { name: 'latin.txt', type: 'text/plain; charset=iso-8859-1', bytes: Buffer.from('Gr\xfc\xdfe\r\n', 'latin1') },
      { name: 'page.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') },
      { name: 'long.log', type: 'text/plain', bytes: Buffer.alloc(2_000_000, 'a line of a log\n') },
      { name: 'song.mp3', type: 'audio/mpeg', bytes: Buffer.from('ID3\x03\0\0\0\0\0\0 and a song') },
      { name: 'plan.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7\n and a plan') },
    ]),
  ]);
});

const partsOf = async (messageId: string): Promise<{ partId: string; name: string }[]> =>
  (await office.ada.call('getMessage', { params: at({ messageId }) })).json.attachments;

describe('all attachments as one file', () => {
  async function unpacked(subject: string, query: Record<string, string> = {}) {
    const messageId = await idOf('inbox', subject);
    const response = await office.ada.open('getAttachments', { params: at({ messageId }), query });
    return { response, files: unzip(Buffer.from(await response.arrayBuffer())) };
  }

  test('every file is in it whole, under a name that is safe and its own', async () => {
    const { response, files } = await unpacked('hostile / names');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="hostile - names.zip"');
    expect([...files.keys()].sort()).toEqual(
      [
        'root',
        'root (2)',
        'photognp.exe',
        'a Set-Cookie_ x.txt',
        '_CON.txt',
        '東京 – grüße.pdf',
        `${'long '.repeat(23)}lo.gz`,
        'empty',
      ].sort(),
    );
    expect(files.get('東京 – grüße.pdf')?.equals(attached)).toBe(true);
    expect([files.get('root'), files.get('root (2)')].map(String)).toEqual(['one', 'two']);
    expect(files.get('empty')?.length).toBe(0);
  });

  test('a file of many chunks is whole', async () => {
    const { files } = await unpacked('large');
    expect(files.get('large.bin')?.equals(large)).toBe(true);
  });

  test('those that are named come alone, and one that is not there is not found', async () => {
    const messageId = await idOf('inbox', 'texts');
    const [first] = await partsOf(messageId);
    const { files } = await unpacked('texts', { parts: first?.partId ?? '' });
    expect([...files.keys()]).toEqual(['latin.txt']);
    for (const parts of ['99', `${first?.partId},99`, '']) {
      const answer = await office.ada.call('getAttachments', { params: at({ messageId }), query: { parts } });
      expect([answer.status, answer.json.code]).toEqual([404, 'notFound']);
    }
    const bare = await office.ada.call('getAttachments', {
      params: at({ messageId: await idOf('inbox', 'letter 20') }),
    });
    expect(bare.status).toBe(404);
  });

  test('whoever leaves holds no connection: twenty callers leave, and the next is served', async () => {
    const messageId = await idOf('inbox', 'large');
    for (let times = 0; times < 20; times += 1) {
      const leaving = new AbortController();
      const response = await office.ada.open('getAttachments', { params: at({ messageId }), signal: leaving.signal });
      await response.body?.getReader().read();
      leaving.abort();
    }
    expect((await unpacked('large', {})).files.size).toBe(2);
  });
});

describe('a part as text', () => {
  const textOf = async (name: string) => {
    const messageId = await idOf('inbox', 'texts');
    const part = (await partsOf(messageId)).find((one) => one.name === name);
    return await office.ada.call('getPartText', { params: at({ messageId, partId: part?.partId ?? '' }) });
  };

  test('it is decoded by its charset, and markup is only text', async () => {
    expect((await textOf('latin.txt')).json).toEqual({ text: 'Grüße\n', isTruncated: false });
    const page = await textOf('page.html');
    expect(page.json.text).toBe('<script>alert(1)</script>');
    expect(page.headers.get('content-type')).toBe('application/json');
  });

  test('of a long one the beginning comes, and it says so', async () => {
    const { json } = await textOf('long.log');
    expect([json.text.length, json.isTruncated]).toEqual([512 * 1024, true]);
  });
});

describe('what is shown inline', () => {
  const shown = async (name: string, headers: Record<string, string> = {}) => {
    const messageId = await idOf('inbox', 'texts');
    const part = (await partsOf(messageId)).find((one) => one.name === name);
    const params = at({ messageId, partId: part?.partId ?? '' });
    return (await office.ada.open('getPart', { params, query: { inline: 'true' }, headers })).headers;
  };

  test('sound and PDF by their first bytes, in ranges too, and never with an origin of ours', async () => {
    const song = await shown('song.mp3', { range: 'bytes=3-9' });
    expect([song.get('content-type'), song.get('content-range')]).toEqual(['audio/mpeg', 'bytes 3-9/21']);
    const plan = await shown('plan.pdf');
    expect(plan.get('content-type')).toBe('application/pdf');
    expect(plan.get('content-disposition')).toBe('inline; filename="plan.pdf"');
    expect(plan.get('content-security-policy')).toBe("sandbox; default-src 'none'; frame-ancestors 'self'");
    expect(song.get('content-security-policy')).toBe("sandbox; default-src 'none'; frame-ancestors 'none'");
    expect(plan.get('x-content-type-options')).toBe('nosniff');
  });

  test('a page is a download', async () => {
    const page = await shown('page.html');
    expect([page.get('content-type'), page.get('content-disposition')]).toEqual([
      'application/octet-stream',
      'attachment; filename="page.html"',
    ]);
  });
});

describe('the source of a message', () => {
  test('comes field by field, decoded, and as it was delivered', async () => {
    const messageId = await idOf('inbox', 'hostile / names');
    const { json } = await office.ada.call('getSource', { params: at({ messageId }) });
    expect(json.fields.slice(0, 3)).toEqual([
      { name: 'from', value: 'Ann <ann@example.org>' },
      { name: 'to', value: 'Bob <bob@example.org>' },
      { name: 'subject', value: 'hostile / names' },
    ]);
    expect(json.text.startsWith('From: Ann <ann@example.org>\nTo: Bob')).toBe(true);
    expect(json.isTruncated).toBe(false);
    const long = await office.ada.call('getSource', { params: at({ messageId: await idOf('inbox', 'large') }) });
    expect([long.json.isTruncated, long.json.text.length < 600_000]).toEqual([true, true]);
  });

  test('is saved under its subject', async () => {
    const messageId = await idOf('inbox', 'hostile / names');
    const raw = await office.ada.open('getRaw', { params: at({ messageId }) });
    expect(raw.headers.get('content-disposition')).toBe('attachment; filename="hostile - names.eml"');
    await raw.body?.cancel();
  });
});
