import { userInfo } from 'node:os';
import type { Dovecot, DovecotOptions } from './dovecot.ts';

export const isRoot = process.getuid?.() === 0;
/** Mail belongs to `nobody` when the server runs as root: Dovecot refuses uid 0. */
export const mailUid = isRoot ? 65_534 : (process.getuid?.() ?? 0);
export const mailGid = isRoot ? 65_534 : (process.getgid?.() ?? 0);

/** The dovecot.conf of `options`, everything below `directory`. */
export function configOf(directory: string, ports: Dovecot['ports'], options: DovecotOptions): string {
  const me = userInfo().username;
  const login = isRoot
    ? ''
    : `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${me}\n`;
  const noChroot = ['imap-login', 'pop3-login', 'anvil', 'lmtp']
    .map((name) => `service ${name} {\n  chroot =\n}`)
    .join('\n');
  const special = Object.entries(options.specialUse ?? {})
    .map(([name, use]) => `  mailbox "${name}" {\n    auto = subscribe\n    special_use = ${use}\n  }`)
    .join('\n');
  const separator =
    options.namespace === 'inboxDot' ? '  separator = .\n  prefix = INBOX.\n' : '  separator = /\n  prefix =\n';
  const capability = options.withoutCapabilities
    ? `  imap_capability = ${reducedCapability(options.withoutCapabilities)}\n`
    : '';
  return `
base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/dovecot.log
protocols = imap pop3 lmtp
listen = 127.0.0.1
${login}
mail_location = maildir:~/Maildir
mail_uid = ${mailUid}
mail_gid = ${mailGid}
first_valid_uid = ${mailUid}
first_valid_gid = ${mailGid}
mail_max_userip_connections = ${options.maxUserIpConnections ?? 100}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
ssl = yes
ssl_cert = <${directory}/cert.pem
ssl_key = <${directory}/key.pem
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${directory}/users
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${directory}/home/%u
}
namespace inbox {
  inbox = yes
${separator}${special}
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
service stats {
  client_limit = 2000
}
service imap {
  process_limit = 1024
}
protocol imap {
${capability}  mail_max_userip_connections = ${options.maxUserIpConnections ?? 100}
}
protocol lmtp {
  auth_username_format = %u
}
pop3_uidl_format = %08Xu%08Xv
${noChroot}
${options.extraConfig ?? ''}
`;
}

/** What Dovecot 2.3 offers after sign-in, less some words. */
function reducedCapability(without: string[]): string {
  const all =
    'IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE';
  return all
    .split(' ')
    .filter((word) => !without.includes(word))
    .join(' ');
}
