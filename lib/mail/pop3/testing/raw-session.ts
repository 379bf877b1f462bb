import { connect } from 'node:net';

interface RawLogin {
  port: number;
  username: string;
  password: string;
}

/** What an independent client sees: signs in over a raw socket and gives the unique-ids and the headers, by number. */
export async function rawListing(login: RawLogin): Promise<{ uidls: string[]; heads: string[] }> {
  const listed = await converse(login, ['UIDL']);
  const uidls = [...listed.matchAll(/^\d+ (\S+)\r$/gm)].map((match) => match[1] ?? '');
  const shown = await converse(
    login,
    uidls.map((_, index) => `TOP ${index + 1} 0`),
  );
  const heads = shown.split(/\r\n\.\r\n/).slice(0, uidls.length);
  return { uidls, heads };
}

/** Deletes the messages of this subject, as another client would. */
export async function rawDelete(login: RawLogin, subject: string): Promise<void> {
  const { heads } = await rawListing(login);
  const numbers = heads.flatMap((head, index) => (head.includes(`Subject: ${subject}\r\n`) ? [index + 1] : []));
  await converse(
    login,
    numbers.map((number) => `DELE ${number}`),
  );
}

/** One command after the other's answer: Mailutils announces PIPELINING and drops what comes together with PASS. */
async function converse(login: RawLogin, commands: string[]): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await converseOnce(login, commands);
    } catch (error) {
      // A session of ours may be about to end: the driver answers before the server has answered QUIT.
      if (tries === 20 || !String(error).includes('[IN-USE]')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function converseOnce({ port, username, password }: RawLogin, commands: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const answers: string[] = [];
  let text = '';
  let wake = () => {};
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    wake();
  });
  const answer = async (isList: boolean) => {
    const isWhole = () => text.endsWith(isList && text.startsWith('+OK') ? '\r\n.\r\n' : '\r\n');
    while (!isWhole()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (!text.startsWith('+OK')) throw new Error(`refused: ${text}`);
    answers.push(text);
    text = '';
  };
  await answer(false);
  for (const command of [`USER ${username}`, `PASS ${password}`, ...commands, 'QUIT']) {
    socket.write(`${command}\r\n`);
    await answer(/^(UIDL|TOP)/.test(command));
  }
  socket.destroy();
  return answers.slice(3, -1).join('');
}
