import type { SrvRecord } from 'node:dns';
import { MailError } from '../../mail/errors.ts';
import type { Candidate } from './candidates.ts';
import { hostNameOf } from './host-name.ts';
import type { DiscoveryWay } from './way.ts';

/** RFC 6186 §3, and RFC 8314 §5.1 for `_submissions`. */
const services = [
  { service: '_imaps', protocol: 'imap', security: 'tls' },
  { service: '_imap', protocol: 'imap', security: 'starttls' },
  { service: '_pop3s', protocol: 'pop3', security: 'tls' },
  { service: '_pop3', protocol: 'pop3', security: 'starttls' },
  { service: '_submissions', protocol: 'smtp', security: 'tls' },
  { service: '_submission', protocol: 'smtp', security: 'starttls' },
] as const;

/**
 * The servers that the SRV records of a domain name, the most wanted first (RFC 2782): by priority, then weight, and not by
 * lot, since one server is chosen for good. The target "." says that a service is not offered. Throws `notFound` where
 * there are none, `timeout` and `unreachable` where the DNS does not answer.
 */
export async function askSrv(
  { domain, address }: { domain: string; address: string },
  way: Pick<DiscoveryWay, 'resolveSrv' | 'limits'>,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(way.limits.timeMs)]);
  const answers = await Promise.allSettled(
    services.map(({ service }) => way.resolveSrv(`${service}._tcp.${domain}`, timed)),
  );
  signal.throwIfAborted();
  const found = services.flatMap(({ protocol, security }, at) => {
    const answer = answers[at];
    const records = answer?.status === 'fulfilled' ? answer.value : [];
    return [...records].sort(byWish).flatMap(({ name, port }) => {
      const host = hostNameOf(name);
      return host === null || port === 0 ? [] : [{ protocol, security, host, port, username: address }];
    });
  });
  if (found.length > 0) return found;
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  throw failureOf(failures);
}

const byWish = (a: SrvRecord, b: SrvRecord) => a.priority - b.priority || b.weight - a.weight;

/** That there are no records is an answer; all else is that nobody knows. */
function failureOf(failures: readonly unknown[]): MailError {
  const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException).code);
  const [other] = failures.filter((error) => !['ENOTFOUND', 'ENODATA'].includes(codeOf(error)));
  if (other === undefined) return new MailError('notFound', 'no SRV records of mail');
  const isLate = ['ETIMEOUT', 'ECANCELLED'].includes(codeOf(other));
  return new MailError(isLate ? 'timeout' : 'unreachable', 'the DNS does not answer', { cause: other });
}
