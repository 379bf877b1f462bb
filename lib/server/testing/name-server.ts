import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What a name stands for: addresses, `priority weight port target` of services, another name, or no answer at all. */
export type Zone = Record<string, { a?: string[]; srv?: string[]; cname?: string } | 'silent'>;

export interface NameServer {
  /** For DNS_SERVERS, and for setServers of a resolver. */
  address: string;
  /** The names that were asked for, in order. */
  asked: string[];
  zone: Zone;
  close(): Promise<void>;
}

const types = { a: 1, cname: 5, srv: 33 } as const;

/** A name server (RFC 1035) on loopback that knows a zone of ours and nothing else; `zone` may be changed while it runs. */
export async function startNameServer(zone: Zone = {}): Promise<NameServer> {
  const asked: string[] = [];
  const server: NameServer = { address: '', asked, zone, close: async () => void (await closed()) };
  const socket = createSocket('udp4');
  const closed = () => new Promise<void>((resolve) => socket.close(() => resolve()));
  socket.on('message', (query, peer) => {
    const { name, type, end } = readQuestion(query);
    asked.push(name);
    const known = server.zone[name];
    if (known === 'silent') return;
    const records = known === undefined ? [] : recordsOf(known, type);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // An answer with authority, to a question that wanted recursion; 3: no such name.
    header.writeUInt16BE(0x8580 | (known === undefined ? 3 : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), peer.port, peer.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.address = `127.0.0.1:${(socket.address() as AddressInfo).port}`;
  return server;
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function recordsOf({ a = [], srv = [], cname }: Exclude<Zone[string], 'silent'>, type: number): Buffer[] {
  if (cname !== undefined) return [record(types.cname, nameBytes(cname))];
  if (type === types.a) return a.map((address) => record(types.a, Buffer.from(address.split('.').map(Number))));
  if (type !== types.srv) return [];
  return srv.map((text) => {
    const [priority = 0, weight = 0, port = 0, target = '.'] = text.split(' ');
    const numbers = Buffer.alloc(6);
    for (const [at, value] of [priority, weight, port].entries()) numbers.writeUInt16BE(Number(value), at * 2);
    return record(types.srv, Buffer.concat([numbers, nameBytes(target)]));
  });
}

/** Of the name that was asked for, by a pointer to the question. */
function record(type: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(bytes.length, 10);
  return Buffer.concat([head, bytes]);
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map((label) => Buffer.concat([Buffer.from([Buffer.byteLength(label)]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
