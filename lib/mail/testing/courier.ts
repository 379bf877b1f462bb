import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { asNobody, environmentOf, findCourier, handOver, openHouse } from './courier-house.ts';

export interface Courier {
  host: '127.0.0.1';
  ports: { imap: number };
  stop(): Promise<void>;
}

const capability = 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE';

/** Starts a real Courier IMAP on loopback and a free port, as a plain user. */
export async function startCourier(users: { username: string; password: string }[]): Promise<Courier> {
  const root = findCourier('imaplogin');
  if (!root) throw new Error('Courier is not there: run lib/mail/testing/unpack-courier.sh');
  let monitorId = '';
  const house = await openHouse((socket, { homeOf, keep }) =>
    openDoor(socket, users, (username) => {
      const child = startImapd(root, homeOf(username), monitorId);
      keep(child);
      child.on('exit', () => socket.end());
      return child;
    }),
  );
  monitorId = `posthorn${process.pid}${house.directory.slice(-6)}`;
  // Tells imapd what others change in a Maildir; without it each login waits for it for more than a second.
  house.keep(
    spawn(join(root, 'usr/libexec/gam_server'), ['--notimeout', monitorId], {
      ...asNobody,
      stdio: 'ignore',
      env: environmentOf(root, house.directory),
    }),
  );
  return { host: '127.0.0.1', ports: { imap: house.port }, stop: house.stop };
}

function startImapd(root: string, home: string, monitorId: string): ChildProcess {
  return spawn(join(root, 'usr/bin/imapd'), ['Maildir'], {
    ...asNobody,
    cwd: home,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      ...environmentOf(root, home),
      GAM_CLIENT_ID: monitorId,
      MAILDIR: 'Maildir',
      AUTHENTICATED: home,
      TCPREMOTEIP: '127.0.0.1',
      IMAP_CAPABILITY: capability,
      IMAP_KEYWORDS: '1',
      IMAP_USELOCKS: '1',
      IMAP_ENHANCEDIDLE: '1',
      IMAP_MAILBOX_SANITY_CHECK: '0',
    },
  });
}

/** The part of the session before the login (RFC 9051 §3.1). */
function openDoor(
  socket: Socket,
  users: { username: string; password: string }[],
  enter: (username: string) => ChildProcess,
): void {
  let buffered = Buffer.alloc(0);
  socket.write(`* OK [CAPABILITY ${capability}] Courier-IMAP ready.\r\n`);
  const onData = (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
      const [tag = '', command = '', ...rest] = buffered.subarray(0, end).toString().split(' ');
      buffered = buffered.subarray(end + 2);
      const [, username, password] = /^"(.*)" "(.*)"$/.exec(rest.join(' ')) ?? [];
      if (command === 'CAPABILITY') socket.write(`* CAPABILITY ${capability}\r\n${tag} OK CAPABILITY completed\r\n`);
      else if (command !== 'LOGIN') socket.write(`${tag} BAD not before the login\r\n`);
      else if (!users.some((user) => user.username === username && user.password === password))
        socket.write(`${tag} NO Login failed.\r\n`);
      else {
        socket.off('data', onData);
        // `imapd` greets with PREAUTH, which stands for the tagged OK here.
        return handOver(socket, enter(username ?? ''), `${tag} OK LOGIN Ok.\r\n`);
      }
    }
  };
  socket.on('data', onData);
}
