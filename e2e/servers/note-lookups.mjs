/** Loaded into the product before it starts: writes every name that it looks up, and every address that it connects to, to LOOKUPS_FILE. */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const file = process.env.LOOKUPS_FILE ?? '/dev/null';
const note = (what) => appendFileSync(file, `${what}\n`);

for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(holder).filter((one) => /^(lookup|resolve|reverse)/.test(one))) {
    const original = holder[name];
    if (typeof original !== 'function') continue;
    holder[name] = function (...given) {
      note(`${name} ${given[0]}`);
      return original.apply(this, given);
    };
  }
}
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...given) {
  note(`connect ${JSON.stringify(given[0]?.[0] ?? given[0], ['host', 'port'])}`);
  return connect.apply(this, given);
};
syncBuiltinESMExports();
