import type { MailServer, ServerChoice } from '@/lib/contract/mail-servers';

type Protocol = 'imap' | 'pop3' | 'smtp';

/** A server as it is being written; the port is text until it is whole. */
export interface ServerDraft {
  host: string;
  port: string;
  security: MailServer['security'];
}

export interface ServersDraft {
  protocol: 'imap' | 'pop3';
  username: string;
  incoming: ServerDraft;
  sends: boolean;
  smtp: ServerDraft;
}

const ports: Record<Protocol, Record<MailServer['security'], string>> = {
  imap: { tls: '993', starttls: '143' },
  pop3: { tls: '995', starttls: '110' },
  smtp: { tls: '465', starttls: '587' },
};
const usual = new Set(Object.values(ports).flatMap((one) => Object.values(one)));

/** What the form begins with: what was found, else nothing but the usual ports. Names are not guessed. */
export function emptyDraft(address: string, protocol: 'imap' | 'pop3', found: ServerChoice | null): ServersDraft {
  const used = found?.protocol ?? protocol;
  const draftOf = (server: MailServer | null, of: Protocol): ServerDraft =>
    server === null ? { host: '', port: ports[of].tls, security: 'tls' } : { ...server, port: String(server.port) };
  return {
    protocol: used,
    username: found?.username ?? address,
    incoming: draftOf(found?.incoming ?? null, used),
    sends: found === null || found.smtp !== null,
    smtp: draftOf(found?.smtp ?? null, 'smtp'),
  };
}

/** The port goes along with what it is for, unless it is one of the person's own. */
export const usualPort = (port: string, protocol: Protocol, security: MailServer['security']): string =>
  usual.has(port) ? ports[protocol][security] : port;

export const isWholeServer = ({ host, port }: ServerDraft): boolean =>
  host.trim() !== '' && /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;

export const isWholeDraft = ({ username, incoming, sends, smtp }: ServersDraft): boolean =>
  username.trim() !== '' && isWholeServer(incoming) && (!sends || isWholeServer(smtp));

export function serversOf({ incoming, sends, smtp }: ServersDraft) {
  const serverOf = ({ host, port, security }: ServerDraft): MailServer => {
    return { host: host.trim(), port: Number(port), security };
  };
  return { incoming: serverOf(incoming), smtp: sends ? serverOf(smtp) : null };
}
