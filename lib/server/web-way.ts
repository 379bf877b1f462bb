import { resolveByDns } from './allowed-lookup.ts';
import type { WebWay } from './ask-web.ts';
import { config } from './config.ts';
import { isPublicAddress } from './public-address.ts';

/** Public addresses at the ports of the web, and what the admin allows besides. */
export function webWay(): WebWay {
  const { remoteImages, dnsServers } = config();
  const { allow } = remoteImages;
  return {
    resolve: resolveByDns(dnsServers),
    mayReach: (address, port) =>
      (isPublicAddress(address) && (port === 80 || port === 443)) || allow.some((range) => range(address, port)),
  };
}
