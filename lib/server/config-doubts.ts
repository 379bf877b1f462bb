import type { Config } from './config.ts';

/** What in a usable configuration an admin may not have meant, in sentences for the log. */
export function doubtsOf({ isSecure, url, sendFrom, mailDomain, servers }: Config): string[] {
  const isPlain = !isSecure && !/^(localhost|127\.|\[::1\])/.test(url.hostname);
  const isNobodys = sendFrom === 'login' && mailDomain === null && servers.has('*');
  return [
    ...(isPlain ? ['AUTH_URL is plain http: passwords travel unencrypted between browsers and this server'] : []),
    ...(isNobodys
      ? ['SEND_FROM=login without MAIL_DOMAIN: whoever signs in without a domain has no address to send from']
      : []),
  ];
}
