import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseHeaders } from '../mime/headers.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { processorMs } from '../testing/held.ts';
import { manyUsers } from '../testing/people.ts';
import { openRawImap, type RawImap } from '../testing/raw-imap.ts';
import { type ThreadHead, type ThreadNode, threadByReferences, within } from './thread-tree.ts';

/** The tree as a server tells it (RFC 5256 §4). */
function format(nodes: readonly ThreadNode[]): string {
  const told = ({ head, children }: ThreadNode): string => {
    const own = head === null ? '' : String(head.uid);
    if (children.length === 0) return own;
    const [only] = children;
    if (only && children.length === 1) return `${own} ${told(only)}`;
    return `${own}${own === '' ? '' : ' '}${format(children)}`;
  };
  return nodes.map((node) => `(${told(node)})`).join('');
}

/** `arrived` stands in for a Date that is missing, as INTERNALDATE does (RFC 5256 §2.2). */
function headOf(uid: number, message: string, arrived: string): ThreadHead {
  const { messageId, references, inReplyTo, subject, sentAt } = parseHeaders(Buffer.from(message));
  const answered = references.length > 0 ? references : inReplyTo.slice(0, 1);
  return {
    uid,
    messageId,
    references: answered,
    subject,
    sentAtMs: Date.parse(sentAt ?? (arrived && `${arrived.replace(/ (\S+) (\d+)$/, ' $2 $1')} UTC`)),
  };
}

/** A mailbox by our own rules, under the verbs of imaptest's scripts. */
const ourMailbox = (bySubject = true) => {
  let messages: { message: string; arrived: string }[] = [];
  return {
    append: async (message: string, arrived = '') => void messages.push({ message, arrived }),
    async remove(numbers: number[]) {
      messages = messages.filter((_, at) => !numbers.includes(at + 1));
    },
    thread: async () =>
      format(
        threadByReferences(
          messages.map(({ message, arrived }, at) => headOf(at + 1, message, arrived)),
          { bySubject },
        ),
      ),
  };
};

const dovecotMailbox = (raw: RawImap, name: string, algorithm = 'REFERENCES'): ReturnType<typeof ourMailbox> => ({
  async append(message, arrived = '') {
    const [, day = '', month = '', time = '', year = ''] = /(\d+) (\w+) (\S+) (\d+)/.exec(arrived) ?? [];
    await raw.append(name, message, '', day && `${day.padStart(2, '0')}-${month}-${year} ${time} +0000`);
    await raw.command(`SELECT ${name}`);
  },
  async remove(numbers) {
    await raw.command(`STORE ${numbers.join(',')} +FLAGS.SILENT (\\Deleted)`);
    await raw.command('EXPUNGE');
  },
  async thread() {
    const { untagged } = await raw.command(`THREAD ${algorithm} US-ASCII ALL`);
    return (untagged.find((line) => line.startsWith('* THREAD')) ?? '').replace(/^\* THREAD ?/, '');
  },
});

/**
 * imaptest's scripts and their mailboxes, read in place; no part of this repository. Without the folder these tests say so
 * and are skipped.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(resolve(root, process.env.POSTHORN_CORPORA ?? '../shared/corpora'), 'imaptest');
const scripts = existsSync(folder)
  ? readdirSync(folder).filter((name) => /^thread\d*$/.test(name) && existsSync(join(folder, `${name}.mbox`)))
  : [];

/** Plays a script, and gives what was told at each THREAD beside what it expects. */
async function play(name: string, mailbox: ReturnType<typeof ourMailbox>): Promise<{ told: string; wanted: string }[]> {
  const text = readFileSync(join(folder, `${name}.mbox`), 'latin1').replace(/\n*$/, '\n');
  // mbox tells when each came: `From who Fri Feb 22 15:06:23 2008`.
  const messages = text.split(/^(?=From )/m).map((entry) => {
    const [, month, day, time, year] = /^From \S+ +\w+ (\w+) (\d+) (\S+) (\d+)/.exec(entry) ?? [];
    return { message: entry.slice(entry.indexOf('\n') + 1), arrived: `${day} ${month} ${time} ${year}` };
  });
  const append = async ({ message, arrived } = messages.shift() ?? { message: '', arrived: '' }) =>
    mailbox.append(wire(message), arrived);
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  if (lines.includes('messages: all')) for (const message of messages.splice(0)) await append(message);
  const answers: { told: string; wanted: string }[] = [];
  let marked: number[] = [];
  let told = '';
  for (const line of lines) {
    const stored = /^ok store ([\d,]+) \+flags/i.exec(line)?.[1];
    if (/^ok append/.test(line)) await append();
    else if (stored) marked = stored.split(',').map(Number);
    else if (/^ok expunge/.test(line)) await mailbox.remove(marked);
    else if (/^ok thread/.test(line)) told = await mailbox.thread();
    else if (/^\* thread/i.test(line)) answers.push({ told, wanted: line.replace(/^\* thread ?/i, '') });
  }
  return answers;
}

const wire = (message: string) => message.replace(/\n/g, '\r\n');

describe.skipIf(scripts.length > 0)('the scripts of imaptest', () => {
  it.skip(`are not at ${folder}: set POSTHORN_CORPORA to where they are`, () => undefined);
});

describe.skipIf(scripts.length === 0)('conversations as imaptest has them', () => {
  let dovecot: Dovecot;
  let raw: RawImap;
  beforeAll(async () => {
    const users = manyUsers(1);
    dovecot = await startDovecot({ users });
    raw = await openRawImap(dovecot.ports.imap, users[0] ?? { username: '', password: '' });
  });
  afterAll(async () => {
    raw?.close();
    await dovecot?.stop();
  });
  it.each(scripts)('%s: our rules give its trees, and Dovecot those too', async (name) => {
    await raw.command(`CREATE ${name}`);
    const answers = await play(name, ourMailbox());
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.map(({ told }) => told)).toEqual(answers.map(({ wanted }) => wanted));
    expect(await play(name, dovecotMailbox(raw, name))).toEqual(answers);
  });
});

describe('conversations by References', () => {
  let random = 7;
  const below = (limit: number) => {
    random = (random * 1_103_515_245 + 12_345) & 0x7fffffff;
    return random % limit;
  };
  const subjects = ['Tide', 'Quay', '', 'Re: Tide', 'Fwd: Quay', 'Lunch', '[list] Tide'];

  it('are those of Dovecot for mail of any kind', async () => {
    const users = manyUsers(1);
    const dovecot = await startDovecot({ users });
    const raw = await openRawImap(dovecot.ports.imap, users[0] ?? { username: '', password: '' });
    try {
      for (let round = 0; round < 40; round += 1) {
        const theirs = dovecotMailbox(raw, `Round${round}`);
        await raw.command(`CREATE Round${round}`);
        const ours = [ourMailbox(), ourMailbox(false)] as const;
        const refs = dovecotMailbox(raw, `Round${round}`, 'REFS');
        for (let at = 0; at < 2 + below(12); at += 1) {
          const ids = Array.from({ length: below(4) }, () => `<${below(8)}@t>`).join(' ');
          const message = wire(
            [
              `Date: Mon, ${String(1 + below(28)).padStart(2, '0')} Jan 2026 10:00:${String(at).padStart(2, '0')} +0000`,
              ...(below(5) === 0 ? [] : [`Message-ID: <${below(8)}@t>`]),
              ...(ids === '' ? [] : [`${below(3) === 0 ? 'In-Reply-To' : 'References'}: ${ids}`]),
              `Subject: ${subjects[below(subjects.length)]}`,
              '',
              'body',
              '',
            ].join('\n'),
          );
          for (const one of ours) await one.append(message);
          await theirs.append(message);
        }
        expect(groups(await ours[0].thread()), `round ${round}`).toEqual(groups(await theirs.thread()));
        expect(groups(await ours[1].thread()), `round ${round}`).toEqual(groups(await refs.thread()));
      }
    } finally {
      raw.close();
      await dovecot.stop();
    }
  });

  it('of ten thousand that each answer the last end soon', () => {
    const heads = Array.from({ length: 10_000 }, (_, at) => ({
      ...{ uid: at + 1, messageId: `${at}`, references: at === 0 ? [] : [`${at - 1}`], subject: '', sentAtMs: at },
    }));
    const before = process.cpuUsage();
    const forwards = threadByReferences(heads, { bySubject: true });
    expect([...within(forwards)].filter(({ head }) => head !== null)).toHaveLength(10_000);
    expect(forwards).toHaveLength(1);
    // From the end the chain must be checked for circles at each link; it may fall into pieces, and no message is lost.
    const backwards = threadByReferences(heads.toReversed(), { bySubject: true });
    expect([...within(backwards)].filter(({ head }) => head !== null)).toHaveLength(10_000);
    expect(processorMs(before)).toBeLessThan(2_000);
  });

  it('that answer one another in a circle keep every message', () => {
    const circle = ['a', 'b', 'c'].map((messageId, at) => ({
      ...{ uid: at + 1, messageId, references: [['c', 'a', 'b'][at] ?? ''], subject: '', sentAtMs: at },
    }));
    expect(
      [...within(threadByReferences(circle, { bySubject: true }))].flatMap(({ head }) => head?.uid ?? []).sort(),
    ).toEqual([1, 2, 3]);
  });
});

/** Which messages stand together, whatever the shape. */
function groups(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    current += /\d/.test(char) ? char : ' ';
    if (depth === 0) {
      found.push(
        (current.match(/\d+/g) ?? [])
          .map(Number)
          .sort((a, b) => a - b)
          .join(' '),
      );
      current = '';
    }
  }
  return found.sort();
}
