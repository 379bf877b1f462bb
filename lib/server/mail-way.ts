import { resolveByDns } from './allowed-lookup.ts';
import type { WebWay } from './ask-web.ts';
import { config } from './config.ts';
import { isPublicAddress } from './public-address.ts';

/** The ports that IANA gives to IMAP, POP3 and submission, with and without TLS from the first byte. */
export const mailPorts: readonly number[] = [993, 143, 995, 110, 465, 587];

/** To mail servers that are not listed: public addresses at the ports of mail, and what the admin allows besides. */
export const mailWay = (): WebWay => wayAt(mailPorts);

/** To web servers that are asked where the mail of a domain is: over https, and no other port. */
export const autoconfigWay = (): WebWay => wayAt([443]);

function wayAt(ports: readonly number[]): WebWay {
  const { hosts, dnsServers, ca } = config();
  return {
    resolve: resolveByDns(dnsServers),
    ca,
    mayReach: (address, port) =>
      (isPublicAddress(address) && ports.includes(port)) || hosts.allow.some((range) => range(address, port)),
  };
}
