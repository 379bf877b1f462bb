import type { MailLogin, ServerUrl } from '../driver.ts';
import { connectImap } from './connect.ts';

/** Signs in and out again. Throws as `connectImap` does; nothing is kept. */
export async function verifyImapLogin(server: ServerUrl, login: MailLogin): Promise<void> {
  const client = await connectImap({ server, login });
  client.close();
}
