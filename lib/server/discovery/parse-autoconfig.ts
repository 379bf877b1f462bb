import { Parser } from 'htmlparser2';
import { MailError } from '../../mail/errors.ts';
import type { Candidate } from './candidates.ts';
import { hostNameOf } from './host-name.ts';

/** What stands in one incomingServer or outgoingServer, by the names of its elements. */
interface Entry {
  type: string;
  fields: Map<string, string>;
  authentications: string[];
}

const securities = { ssl: 'tls', starttls: 'starttls' } as const;
/** What a password is enough for; the rest needs a registration with the provider. */
const byPassword = ['password-cleartext', 'password-encrypted', 'plain', 'secure'];

/**
 * The servers that an autoconfig file names (the format of Thunderbird, version 1.1), in its order; those without TLS and those
 * that take no password are left out. A tokenizer reads it, which knows no entities but XML's own five and loads nothing; a file
 * with a DOCTYPE is refused all the same. Throws `protocol` for what is no such file, `unsupported` where nothing is left.
 */
export function parseAutoconfig(xml: string, address: string): Candidate[] {
  const entries = readEntries(xml);
  if (entries.length === 0) throw new MailError('protocol', 'not an autoconfig file');
  const found = entries.flatMap((entry) => candidateOf(entry, address) ?? []);
  if (found.length === 0) throw new MailError('unsupported', 'no server with TLS that takes a password');
  return found;
}

function readEntries(xml: string): Entry[] {
  const entries: Entry[] = [];
  const open: string[] = [];
  let entry: Entry | null = null;
  let text = '';
  const parser = new Parser(
    {
      onprocessinginstruction(name) {
        if (name.toLowerCase() === '!doctype') throw new MailError('protocol', 'an autoconfig file with a DOCTYPE');
      },
      onopentag(name, { type = '' }) {
        const isServer = name === 'incomingServer' || name === 'outgoingServer';
        if (isServer && open.at(-1) === 'emailProvider') entry = { type, fields: new Map(), authentications: [] };
        open.push(name);
        text = '';
      },
      ontext(more) {
        text += more;
      },
      onclosetag(name) {
        open.pop();
        const isField = entry !== null && /^(in|out)[a-z]+Server$/.test(open.at(-1) ?? '');
        if (isField && name === 'authentication') entry?.authentications.push(text.trim());
        // The first of several is the one that is wanted most.
        else if (isField && entry?.fields.has(name) === false) entry.fields.set(name, text.trim());
        if (name !== 'incomingServer' && name !== 'outgoingServer') return;
        if (entry !== null) entries.push(entry);
        entry = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return entries;
}

function candidateOf({ type, fields, authentications }: Entry, address: string): Candidate | null {
  const filled = (name: string) => fill(fields.get(name) ?? '', address);
  const protocol = (['imap', 'pop3', 'smtp'] as const).find((one) => one === type);
  const security = securities[filled('socketType').toLowerCase() as keyof typeof securities];
  const [host, port, username] = [hostNameOf(filled('hostname')), filled('port'), filled('username') || address];
  if (protocol === undefined || security === undefined || host === null || !/^\d{1,5}$/.test(port)) return null;
  if (Number(port) < 1 || Number(port) > 65_535 || username.length > 320 || /\p{Cc}/u.test(username)) return null;
  if (!authentications.some((method) => byPassword.includes(method.toLowerCase()))) return null;
  return { protocol, security, host, port: Number(port), username };
}

const fill = (text: string, address: string): string => {
  const at = address.lastIndexOf('@');
  return text
    .replaceAll('%EMAILADDRESS%', () => address)
    .replaceAll('%EMAILLOCALPART%', () => address.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', () => address.slice(at + 1));
};
