import type { Script, ScriptedConnection } from '../../testing/scripted-server.ts';

/** A POP3 server that is right in everything, except for what a test sets. */
export interface ScriptedMaildrop {
  messages: { uidl: string; bytes: Buffer | string }[];
  greeting?: string;
  /** Null: no CAPA. */
  capabilities?: string[] | null;
  /** Answers this verb itself when it gives true; `argument` is what stands behind the verb. */
  on?: Record<string, (client: ScriptedConnection, argument: string) => Promise<boolean | undefined>>;
}

/** The lines of a multi-line answer, dot-stuffed and ended (RFC 1939 §3). */
export function stuffed(content: Buffer | string): Buffer {
  const text = Buffer.from(content).toString('latin1');
  const whole = text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`;
  return Buffer.from(`${whole.replace(/(^|\r\n)\./g, '$1..')}.\r\n`, 'latin1');
}

/** Plays the maildrop to each client; what a session deleted is gone from `messages` once it said QUIT. */
export function playMaildrop(maildrop: ScriptedMaildrop): Script {
  return async (client) => {
    const messages = [...maildrop.messages];
    const deleted = new Set<number>();
    await client.write(`${maildrop.greeting ?? '+OK ready'}\r\n`);
    for (;;) {
      const line = await client.readLine();
      const [verb = '', ...rest] = line.split(' ');
      if (await maildrop.on?.[verb]?.(client, rest.join(' '))) continue;
      const number = Number(rest[0]);
      const message = deleted.has(number) ? undefined : messages[number - 1];
      if (verb === 'DELE' && message) deleted.add(number);
      if (verb === 'QUIT') {
        const gone = new Set(messages.filter((_, index) => deleted.has(index + 1)));
        maildrop.messages = maildrop.messages.filter((one) => !gone.has(one));
      }
      await client.write(answer(maildrop, messages, deleted, verb, rest, message));
      if (verb === 'QUIT') return client.close();
    }
  };
}

function answer(
  maildrop: ScriptedMaildrop,
  messages: ScriptedMaildrop['messages'],
  deleted: Set<number>,
  verb: string,
  rest: string[],
  message: ScriptedMaildrop['messages'][number] | undefined,
): Buffer | string {
  const lines = (content: Buffer | string) => Buffer.concat([Buffer.from('+OK\r\n'), stuffed(content)]);
  const listed = (value: (one: ScriptedMaildrop['messages'][number]) => string | number) =>
    lines(
      messages.flatMap((one, index) => (deleted.has(index + 1) ? [] : [`${index + 1} ${value(one)}`])).join('\r\n'),
    );
  switch (verb) {
    case 'CAPA': {
      const capabilities = maildrop.capabilities === undefined ? ['TOP', 'UIDL', 'USER'] : maildrop.capabilities;
      return capabilities === null ? '-ERR what?\r\n' : lines(capabilities.join('\r\n'));
    }
    case 'LIST':
      return listed((one) => one.bytes.length);
    case 'UIDL':
      return listed((one) => one.uidl);
    case 'RETR':
      return message ? lines(message.bytes) : '-ERR no such message\r\n';
    case 'TOP': {
      if (!message) return '-ERR no such message\r\n';
      const [head = '', ...body] = Buffer.from(message.bytes).toString('latin1').split('\r\n\r\n');
      const text = body.join('\r\n\r\n').split('\r\n').slice(0, Number(rest[1]));
      return lines(Buffer.from(`${head}\r\n\r\n${text.join('\r\n')}`, 'latin1'));
    }
    case 'DELE':
      return message ? '+OK marked\r\n' : '-ERR no such message\r\n';
    default:
      return '+OK\r\n';
  }
}
