import { isIP } from 'node:net';
import { z } from 'zod';
import { type AddressRule, parseAddressRange } from './public-address.ts';

const count = (low: number, high: number, standard: number) => {
  const message = `must be a whole number from ${low} to ${high}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= low && value <= high, message)
    .default(standard);
};

const webAddress = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https address')
  .transform((text) => new URL(text))
  .refine((url) => url.pathname === '/' && url.search === '' && url.hash === '', 'must not have a path');

const ranges = z
  .string()
  .transform((text) => text.split(',').map((part) => parseAddressRange(part.trim())))
  .refine(
    (rules): rules is AddressRule[] => !rules.includes(null),
    'must be addresses or ranges with commas between, e.g. 10.1.0.0/16,192.168.7.9',
  );

const isNameServer = (text: string) => {
  const [, host = text] = /^(\[[^\]]+\]|[^:]+)(?::\d{1,5})?$/.exec(text) ?? [];
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
};

/** The environment, by name; the servers (MAIL_IMAP, MAIL_POP3, MAIL_SMTP, MAIL_AUTHSERV_ID, MAIL_SERVERS_FILE, MAIL_CA_FILE) are read in config.ts. */
export const environmentShape = z.object({
  AUTH_SECRET: z.string().min(32, 'is shorter than 32 characters; make one with: openssl rand -base64 33'),
  AUTH_URL: webAddress,
  SESSION_DAYS: count(1, 365, 30),
  SESSIONS_PER_PERSON: count(1, 1_000, 20),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL; leave it out to keep data in DATA_DIR')
    .optional(),
  MAIL_HOSTS: z.enum(['closed', 'open'], 'must be "closed" or "open"').default('closed'),
  MAIL_HOSTS_ALLOW: ranges.default([]),
  MAIL_DISCOVERY: z.enum(['on', 'off'], 'must be "on" or "off"').default('on'),
  MAIL_DIRECTORY: z
    .string()
    .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', 'must be an https address')
    .transform((text) => new URL(text.endsWith('/') ? text : `${text}/`))
    .optional(),
  DNS_SERVERS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (servers) => servers.every(isNameServer),
      'must be addresses with commas between, e.g. 10.0.0.53,[fd00::53]:5353',
    )
    .default([]),
  POOL_PER_ACCOUNT: count(1, 50, 4),
  POOL_PER_HOST: count(1, 10_000, 500),
  POOL_PER_PROCESS: count(1, 10_000, 1_000),
  POOL_IDLE_SECONDS: count(10, 86_400, 300),
  POOL_WAIT_SECONDS: count(1, 300, 15),
  SIGN_IN_ATTEMPTS_PER_ACCOUNT: count(1, 10_000, 10),
  SIGN_IN_ATTEMPTS_PER_ADDRESS: count(1, 10_000, 50),
  SIGN_IN_ATTEMPTS_BY_STRANGERS: count(1, 10_000, 30),
  REMOTE_IMAGES: z.enum(['ask', 'never'], 'must be "ask" or "never"').default('ask'),
  REMOTE_IMAGE_ALLOW: ranges.default([]),
  TRUSTED_PROXIES: count(0, 10, 0),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    )
    .default('info'),
  MESSAGE_MAX_MB: count(1, 2_000, 50),
  MAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i, 'must be a domain, as example.org')
    .toLowerCase()
    .optional(),
  SEND_FROM: z.enum(['any', 'login'], 'must be any or login').default('any'),
  METRICS_TOKEN: z.string().min(16, 'is shorter than 16 characters').optional(),
});
