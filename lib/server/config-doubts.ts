import type { Config } from './config.ts';

/** What in a usable configuration an admin may not have meant, in sentences for the log. */
export function doubtsOf({ isSecure, url, sendFrom, mailDomain, servers, hosts }: Config): string[] {
  const isPlain = !isSecure && !/^(localhost|127\.|\[::1\])/.test(url.hostname);
  const isNobodys = sendFrom === 'login' && mailDomain === null && servers.has('*');
  const isIdle = (!hosts.isOpen && hosts.allow.length > 0) || (!hosts.asksOutside && hosts.directory !== null);
  return [
    ...(isPlain ? ['AUTH_URL is plain http: passwords travel unencrypted between browsers and this server'] : []),
    ...(isNobodys
      ? ['SEND_FROM=login without MAIL_DOMAIN: whoever signs in without a domain has no address to send from']
      : []),
    ...(isIdle
      ? ['MAIL_HOSTS_ALLOW needs MAIL_HOSTS=open, MAIL_DIRECTORY also MAIL_DISCOVERY=on: as set, nothing uses them']
      : []),
  ];
}
