import { z } from 'zod';
import { wireText } from './accounts.ts';

/** Mail servers that a person chooses for an account, and those that are found for an address. */

/** Where a server found comes from: SRV records (RFC 6186), an autoconfig file of the domain, or a directory of such files. */
const source = z.enum(['srv', 'autoconfig', 'directory']);

/** `host` is a name or an address in digits; TLS from the first byte, or by STARTTLS before anything secret. */
export const mailServer = z
  .strictObject({
    host: z
      .string()
      .trim()
      .max(253)
      .regex(/^[a-z0-9._:-]+$/i, 'must be the name of a server'),
    port: z.int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls']),
  })
  .meta({ id: 'MailServer' });

/** `smtp`: null where no mail is to be sent. `address`: the mail address, where the login is another. */
export const chosenServers = z.strictObject({
  incoming: mailServer,
  smtp: mailServer.nullable(),
  address: z.email().max(320).optional(),
});

/** The body of `findServers`: `asksOutside` false tells only what is listed, and whom asking would reach. */
export const serverQuestion = z.strictObject({ address: z.string().trim().pipe(wireText), asksOutside: z.boolean() });

const choice = z
  .object({
    source,
    protocol: z.enum(['imap', 'pop3']),
    /** What to sign in with, as the source says. */
    username: z.string(),
    incoming: mailServer,
    smtp: mailServer.nullable(),
    /** The hosts that are not under the domain of the address (RFC 6186 §6). */
    foreignHosts: z.array(z.string()),
  })
  .meta({ id: 'ServerChoice' });

export const foundServers = z
  .object({
    /** What the admin's list has for the address; `isForAny`: only servers for domains that it does not name. */
    listed: z.object({ isForAny: z.boolean(), host: z.string() }).nullable(),
    /** Whether servers that are not listed may be chosen. */
    mayChoose: z.boolean(),
    /** Whom asking outside reaches, in order; empty where it is turned off. `learns`: what of the address each is told. */
    sources: z.array(z.object({ source, name: z.string(), learns: z.enum(['domain', 'address']) })),
    choices: z.array(choice),
    /** Why a source that was asked gave nothing: `notFound`, `timeout`, `unsupported` where it offers no safe way… */
    failures: z.array(z.object({ source, code: z.string() })),
  })
  .meta({ id: 'FoundServers' });

export type MailServer = z.infer<typeof mailServer>;
export type ServerQuestion = z.infer<typeof serverQuestion>;
export type ServerChoice = z.infer<typeof choice>;
export type FoundServers = z.infer<typeof foundServers>;
