import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import { type Script, startScriptedServer } from '../testing/scripted-server.ts';
import { type SubmissionServerOptions, startSubmissionServer } from '../testing/submission-server.ts';
import { type Submission, submitMessage } from './submit.ts';

const login = { username: 'ann@example.org', password: 'secret' };
const raw = Buffer.from('From: ann@example.org\r\nSubject: Tide\r\n\r\nLine\r\n.dot\r\n');
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const message = (to: string[], bytes: Buffer = raw, change: Partial<Submission> = {}): Submission => ({
  envelope: { from: 'ann@example.org', to, wantsDeliveryReport: false },
  id: 'id-1',
  sizeBytes: bytes.length,
  is8Bit: false,
  open: () => Readable.from([bytes], { objectMode: false }),
  ...change,
});

async function real(options: SubmissionServerOptions = {}) {
  const server = await startSubmissionServer(options);
  stops.push(server.stop);
  return server;
}

async function scripted(script: Script, security: ServerUrl['security'] = 'tls') {
  const server = await startScriptedServer(script, { tls: security === 'tls' });
  stops.push(server.stop);
  const url: ServerUrl = {
    protocol: 'smtp',
    host: server.host,
    port: server.port,
    security,
    verifiesCertificate: security !== 'none',
    ca: server.certificate.cert,
  };
  return { url, connections: server.connections };
}

function submit(
  url: ServerUrl,
  submission: Submission,
  onCommit = async () => {},
  signal = new AbortController().signal,
) {
  return submitMessage(url, login, submission, { signal, onCommit, limits: { connectMs: 2_000, answerMs: 1_500 } });
}

/** Plays a server up to the 354, pipelining or not, then goes on with `rest`. */
const upTo354 =
  (rest: Script, extensions: string[] = []): Script =>
  async (connection) => {
    await connection.write('220 here\r\n');
    for (;;) {
      const line = await connection.readLine();
      if (/^EHLO/i.test(line))
        await connection.write(`250-here\r\n${extensions.map((word) => `250-${word}\r\n`).join('')}250 AUTH PLAIN\r\n`);
      else if (/^AUTH/i.test(line)) await connection.write('235 in\r\n');
      else if (/^DATA/i.test(line)) {
        await connection.write('354 go\r\n');
        return await rest(connection);
      } else await connection.write('250 ok\r\n');
    }
  };

describe('a submission server', () => {
  test('takes the message as it is, with what it offers, once it was told that the message goes out', async () => {
    const server = await real({ options: { size: 1_000 } });
    const order: string[] = [];
    const submission = message(['bob@example.org', 'eve@example.org'], raw, {
      is8Bit: true,
      envelope: { from: 'ann@example.org', to: ['bob@example.org', 'eve@example.org'], wantsDeliveryReport: false },
      open: () => {
        order.push('read');
        return Readable.from([raw], { objectMode: false });
      },
    });
    const outcome = await submit(server.url, submission, async () => void order.push('committed'));
    expect(outcome).toMatchObject({ kind: 'accepted', accepted: ['bob@example.org', 'eve@example.org'], refused: [] });
    expect(order).toEqual(['committed', 'read']);
    expect(server.received).toMatchObject([{ from: 'ann@example.org', login: login.username }]);
    expect(server.received[0]?.raw.equals(raw)).toBe(true);
    expect(server.received[0]?.parameters).toMatchObject({ BODY: '8BITMIME', SIZE: String(raw.length) });
  });

  test('that refuses some recipients has the message for the others, and says who', async () => {
    const server = await real({ refuse: { 'gone@example.org': { code: 550, text: '5.1.1 no such person' } } });
    const outcome = await submit(server.url, message(['bob@example.org', 'gone@example.org']));
    expect(outcome).toMatchObject({
      kind: 'accepted',
      accepted: ['bob@example.org'],
      refused: [{ email: 'gone@example.org', serverText: 'no such person' }],
    });
  });

  test.each([
    ['for good', 550, '5.1.1 no such person', 'notFound', undefined],
    ['for now', 450, '4.2.1 try later', 'busy', 60_000],
  ])('that refuses all of them %s takes nothing', async (_, code, text, expected, retryAfterMs) => {
    const server = await real({ refuse: { 'gone@example.org': { code, text } } });
    expect(await submit(server.url, message(['gone@example.org']))).toMatchObject({
      kind: 'refused',
      error: { code: expected, retryAfterMs, serverText: text.slice(6) },
      refused: [{ email: 'gone@example.org', serverText: text.slice(6) }],
    });
    expect(server.received).toEqual([]);
  });

  test.each([
    ['552 5.3.4 message too big', 'tooLarge', undefined],
    ['452 4.2.2 mailbox full', 'overQuota', 60_000],
    ['554 5.7.1 looks like junk', 'forbidden', undefined],
    ['421 4.3.2 going down', 'busy', 60_000],
  ])('that says %s after the message has not taken it', async (reply, code, retryAfterMs) => {
    const server = await real({ afterData: () => ({ code: Number(reply.slice(0, 3)), text: reply.slice(4) }) });
    await expect(submit(server.url, message(['bob@example.org']))).rejects.toMatchObject({ code, retryAfterMs });
    expect(server.received).toEqual([]);
  });

  test('is not given a message that is larger than it said that it takes', async () => {
    const server = await real({ options: { size: 20 } });
    let isCommitted = false;
    const sent = submit(server.url, message(['bob@example.org']), async () => {
      isCommitted = true;
    });
    await expect(sent).rejects.toMatchObject({ code: 'tooLarge' });
    expect(isCommitted).toBe(false);
  });

  test('without SMTPUTF8 is not asked for an address that needs it; one whose domain alone is foreign goes', async () => {
    const server = await real({ options: { hideSMTPUTF8: true } as SubmissionServerOptions['options'] & object });
    expect(await submit(server.url, message(['bob@example.org', '用户@example.org']))).toMatchObject({
      kind: 'refused',
      error: { code: 'unsupported', detail: '用户@example.org' },
      refused: [{ email: '用户@example.org', serverText: '' }],
    });
    expect(server.received).toEqual([]);
    await submit(server.url, message(['user@bücher.example']));
    expect(server.received[0]?.to[0]).toMatch(/^user@/);
  });

  test('is asked by CRAM-MD5 on a plain wire, and refuses a wrong password by name', async () => {
    const server = await real({ options: { secure: false, hideSTARTTLS: true, allowInsecureAuth: true } });
    const plain: ServerUrl = { ...server.url, security: 'none', verifiesCertificate: false };
    expect(await submit(plain, message(['bob@example.org']))).toMatchObject({ kind: 'accepted' });
    const wrong = { username: login.username, password: 'guess' };
    const options = { signal: new AbortController().signal, onCommit: async () => {} };
    const refused = submitMessage(plain, wrong, message(['bob@example.org']), options);
    await expect(refused).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('no secret and no message', () => {
  test.each([
    ['STARTTLS is not offered', '250 AUTH PLAIN'],
    ['STARTTLS is refused', '250-STARTTLS\r\n250 AUTH PLAIN'],
  ])('goes out where %s', async (_, offer) => {
    const { url, connections } = await scripted(async (connection) => {
      await connection.write('220 here\r\n');
      for (;;) {
        const line = await connection.readLine();
        await connection.write(/^EHLO/.test(line) ? `250-here\r\n${offer}\r\n` : '454 4.7.0 no\r\n');
      }
    }, 'starttls');
    await expect(submit(url, message(['bob@example.org']))).rejects.toMatchObject({ code: 'insecure' });
    expect(connections[0]?.received.join('\n')).not.toMatch(/AUTH|MAIL|RCPT/);
  });

  test('goes to a server whose certificate is not known', async () => {
    const server = await real();
    const stranger = { ...server.url, ca: null };
    await expect(submit(stranger, message(['bob@example.org']))).rejects.toMatchObject({ code: 'certificate' });
    expect(server.received).toEqual([]);
  });

  test('goes out over STARTTLS before the session has begun anew in TLS', async () => {
    const server = await real({ options: { secure: false } });
    expect(await submit(server.url, message(['bob@example.org']))).toMatchObject({ kind: 'accepted' });
    expect(server.received[0]?.login).toBe(login.username);
  });

  test('goes behind words that were slipped in before TLS', async () => {
    const { url, connections } = await scripted(async (connection) => {
      await connection.write('220 here\r\n');
      await connection.readLine();
      await connection.write('250-here\r\n250 STARTTLS\r\n');
      await connection.readLine();
      await connection.upgrade('220 go\r\n250-here\r\n250 AUTH PLAIN\r\n');
      for (;;) {
        const line = await connection.readLine();
        if (/^EHLO/.test(line)) return await connection.stall();
      }
    }, 'starttls');
    await expect(submit(url, message(['bob@example.org']))).rejects.toBeInstanceOf(MailError);
    expect(connections[0]?.received.join('\n')).not.toMatch(/AUTH|MAIL/);
  });
});

describe('a server that is lost', () => {
  test.each(['greeting', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'])('at %s has nothing', async (step) => {
    const { url } = await scripted(async (connection) => {
      if (step === 'greeting') return connection.reset();
      await connection.write('220 here\r\n');
      for (;;) {
        const line = await connection.readLine();
        if (line.startsWith(step)) return connection.reset();
        await connection.write(
          /^EHLO/.test(line) ? '250-here\r\n250 AUTH PLAIN\r\n' : /^AUTH/.test(line) ? '235 in\r\n' : '250 ok\r\n',
        );
      }
    });
    const sent = submit(url, message(['bob@example.org']));
    await expect(sent).rejects.toMatchObject({ code: 'unreachable', retryAfterMs: 60_000 });
  });

  test('with 421 between two recipients has nothing (RFC 5321 §3.8)', async () => {
    let recipients = 0;
    let isCommitted = false;
    const { url } = await scripted(async (connection) => {
      await connection.write('220 here\r\n');
      for (;;) {
        const line = await connection.readLine();
        if (/^EHLO/.test(line)) await connection.write('250-here\r\n250 AUTH PLAIN\r\n');
        else if (/^AUTH/.test(line)) await connection.write('235 in\r\n');
        else if (/^RCPT/.test(line) && ++recipients === 2) {
          await connection.write('421 4.3.2 going down\r\n');
          return connection.reset();
        } else await connection.write('250 ok\r\n');
      }
    });
    const sent = submit(url, message(['bob@example.org', 'eve@example.org']), async () => {
      isCommitted = true;
    });
    await expect(sent).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(isCommitted).toBe(false);
  });

  test('in the middle of a large message has nothing', async () => {
    const { url } = await scripted(
      upTo354(async (connection) => {
        await connection.readLine();
        connection.reset();
      }),
    );
    const large = Buffer.alloc(64 * 1024 * 1024, 'x\r\n');
    const open = () => Readable.from(slices(large), { objectMode: false });
    const sent = submit(url, message(['bob@example.org'], large, { open }));
    await expect(sent).rejects.toMatchObject({ code: 'unreachable', retryAfterMs: 60_000 });
  });

  test.each(['closes', 'stalls'])('after the last byte leaves it unknown, where it %s', async (what) => {
    const { url } = await scripted(
      upTo354(async (connection) => {
        while ((await connection.readLine()) !== '.');
        if (what === 'closes') connection.reset();
        else await connection.stall();
      }),
    );
    const outcome = await submit(url, message(['bob@example.org']));
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: what === 'closes' ? 'unreachable' : 'timeout' } });
  });

  test('that says thanks before it has the message is not believed', async () => {
    const { url } = await scripted(
      upTo354(async (connection) => {
        await connection.write('250 2.0.0 queued already\r\n');
        await connection.stall();
      }),
    );
    // More than what the wire holds: it cannot have been said when the answer comes.
    const large = Buffer.alloc(64 * 1024 * 1024, 'x\r\n');
    const open = () => Readable.from(slices(large), { objectMode: false });
    const outcome = await submit(url, message(['bob@example.org'], large, { open }));
    expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'protocol' } });
  });

  test('is given nothing where it cannot be written down that the message goes out', async () => {
    const server = await real();
    const sent = submit(server.url, message(['bob@example.org']), async () => {
      throw new MailError('storageFull', 'no room');
    });
    await expect(sent).rejects.toMatchObject({ code: 'storageFull' });
    // Another one passes, so the server would have told of the first.
    await submit(server.url, message(['eve@example.org']));
    expect(server.received.map(({ to }) => to)).toEqual([['eve@example.org']]);
  });

  test('is given nothing of a message that cannot be read whole', async () => {
    const server = await real();
    async function* broken() {
      yield raw;
      throw new MailError('notFound', 'gone');
    }
    const submission = message(['bob@example.org'], raw, {
      open: () => Readable.from(broken(), { objectMode: false }),
    });
    await expect(submit(server.url, submission)).rejects.toMatchObject({ code: 'notFound' });
    await submit(server.url, message(['eve@example.org']));
    expect(server.received.map(({ to }) => to)).toEqual([['eve@example.org']]);
  });

  test('that answers without end, or nonsense, is left', async () => {
    const endless = await scripted(async (connection) => {
      await connection.write('220 here\r\n');
      await connection.readLine();
      for (;;) await connection.write('250-more and more and more\r\n'.repeat(1_000));
    });
    await expect(submit(endless.url, message(['bob@example.org']))).rejects.toBeInstanceOf(MailError);
    const nonsense = await scripted(async (connection) => {
      await connection.write('HTTP/1.1 200 OK\r\n\r\n');
      await connection.stall();
    });
    await expect(submit(nonsense.url, message(['bob@example.org']))).rejects.toMatchObject({ code: 'protocol' });
  });

  test('is not waited for once the submission was stopped', async () => {
    const { url } = await scripted((connection) => connection.stall());
    const stop = new AbortController();
    const sent = submit(url, message(['bob@example.org']), undefined, stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(sent).rejects.toMatchObject({ code: 'cancelled' });
  });
});

function* slices(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
