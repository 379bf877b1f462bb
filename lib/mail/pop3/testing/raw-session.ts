import { once } from 'node:events';
import { connect } from 'node:net';

/** What an independent client sees: signs in over a raw socket and gives the lines of UIDL and the answer to STAT. */
export async function rawListing(
  port: number,
  username: string,
  password: string,
): Promise<{ stat: string; uidls: string[] }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`USER ${username}\r\nPASS ${password}\r\nSTAT\r\nUIDL\r\nQUIT\r\n`);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
  });
  await once(socket, 'close');
  const lines = text.split('\r\n');
  const stat = lines.find((line) => /^\+OK \d+ \d+$/.test(line));
  if (stat === undefined) throw new Error(`no listing: ${text}`);
  return { stat, uidls: lines.flatMap((line) => /^\d+ (\S+)$/.exec(line)?.[1] ?? []) };
}
