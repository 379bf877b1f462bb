import type { ServerUrl } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import type { AccountTable } from '../store/schema.ts';
import { chosenServer, listedTwin } from './chosen-server.ts';
import { config } from './config.ts';
import { listedServers } from './mail-servers.ts';
import { parseServerUrl } from './server-url.ts';

/** What an account's servers are known by. */
export type AccountPlace = Pick<AccountTable, 'protocol' | 'host' | 'port' | 'username' | 'server_url' | 'smtp_url'>;

/**
 * The server of an account as it is configured now: the listed one of its login, else the one that its person has chosen.
 * Throws `unauthenticated` for an account of a server that the admin took away, or does not let people choose any more.
 */
export function serverOf(account: AccountPlace): ServerUrl {
  const listed = listedOf(account);
  if (listed !== null) return listed.server;
  if (account.server_url !== null && config().hosts.isOpen) return chosenServer(account.server_url, account.protocol);
  throw new MailError('unauthenticated', 'the mail server of this account is not configured any more');
}

/** Whether there is a submission server for an account. */
export function canSend(account: AccountPlace): boolean {
  const listed = listedOf(account);
  if (listed !== null || account.server_url === null) return listed?.smtp != null;
  return account.smtp_url !== null && config().hosts.isOpen;
}

/** The submission server of an account; null where there is none. Throws as `chosenServer` does. */
export function smtpServerOf(account: AccountPlace): ServerUrl | null {
  if (!canSend(account)) return null;
  return listedOf(account)?.smtp ?? chosenServer(account.smtp_url ?? '', 'smtp');
}

/**
 * Whether nothing of an account goes by a listed server: what it writes as is no affair of the admin's then, and may be
 * another address than its login (SEND_FROM).
 */
export function isAllChosen({ protocol, host, port, server_url, smtp_url }: AccountPlace): boolean {
  if (server_url === null || listedTwin({ protocol, host, port }) !== null) return false;
  return smtp_url === null || listedTwin(parseServerUrl(smtp_url, 'smtp', null)) === null;
}

function listedOf({ protocol, host, port, username }: AccountPlace) {
  const servers = listedServers(config().servers, username);
  const server = servers?.[protocol];
  return server?.host === host && server.port === port ? { server, smtp: servers?.smtp ?? null } : null;
}
