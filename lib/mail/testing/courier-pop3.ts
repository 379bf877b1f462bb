import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { asNobody, environmentOf, findCourier, handOver, openHouse } from './courier-house.ts';

/** Courier's POP3 server: UIDLs of its own kind, PIPELINING, no lock on the maildrop. */
export interface CourierPop3 {
  port: number;
  /** Puts a message into a person's maildrop; line ends become LF, as a delivery agent makes them. */
  deliver(username: string, message: string | Buffer): void;
  stop(): Promise<void>;
}

const capabilities = ['TOP', 'USER', 'PIPELINING', 'UIDL', 'UTF8 USER', 'IMPLEMENTATION Courier Mail Server'];
let delivered = 0;

/** Null where it can be started, else why not. */
export const missingCourierPop3: string | null =
  findCourier('courierpop3d') === null ? "Courier's POP3 is not tested: run lib/mail/testing/unpack-courier.sh" : null;

/** Starts a real Courier POP3 on loopback and a free port, as a plain user; the wire is plain. */
export async function startCourierPop3(users: { username: string; password: string }[]): Promise<CourierPop3> {
  const root = findCourier('courierpop3d');
  if (!root) throw new Error(missingCourierPop3 ?? '');
  const house = await openHouse((socket, { homeOf, keep }) => {
    openDoor(socket, users, (username) => {
      const home = homeOf(username);
      const child = spawn(join(root, 'usr/lib/courier/courier/courierpop3d'), ['Maildir'], {
        ...asNobody,
        cwd: home,
        stdio: ['pipe', 'pipe', 'ignore'],
        env: {
          ...environmentOf(root, home),
          MAILDIR: 'Maildir',
          AUTHENTICATED: username,
          TCPREMOTEIP: '127.0.0.1',
          TCPREMOTEPORT: '1',
        },
      });
      keep(child);
      child.on('exit', () => socket.end());
      handOver(socket, child, '+OK logged in.\r\n');
    });
  });
  return {
    port: house.port,
    deliver(username, message) {
      delivered += 1;
      const name = `${1_700_000_000 + delivered}.M${delivered}P${process.pid}.test`;
      const lines = Buffer.from(message).toString('latin1').replaceAll('\r\n', '\n');
      writeFileSync(join(house.homeOf(username), 'Maildir', 'new', name), lines, 'latin1');
      house.homeOf(username);
    },
    stop: house.stop,
  };
}

/** The AUTHORIZATION state (RFC 1939 §4). */
function openDoor(
  socket: Socket,
  users: { username: string; password: string }[],
  enter: (username: string) => void,
): void {
  let buffered = '';
  let username = '';
  const answer = (line: string): string | null => {
    const [verb = '', ...rest] = line.split(' ');
    const given = rest.join(' ');
    if (verb === 'CAPA') return `+OK\r\n${capabilities.join('\r\n')}\r\n.`;
    if (verb === 'UTF8') return '+OK';
    if (verb === 'USER') {
      username = given;
      return '+OK Password required.';
    }
    if (verb !== 'PASS') return '-ERR Invalid command.';
    return users.some((user) => user.username === username && user.password === given) ? null : '-ERR Login failed.';
  };
  const onData = (bytes: Buffer) => {
    buffered += bytes.toString('latin1');
    for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
      const said = answer(buffered.slice(0, end));
      buffered = buffered.slice(end + 2);
      if (said === null) {
        socket.off('data', onData);
        return enter(username);
      }
      socket.write(`${said}\r\n`);
    }
  };
  socket.on('data', onData);
  socket.write('+OK Hello there.\r\n');
}
