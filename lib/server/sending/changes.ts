import { log } from '../log.ts';
import { store } from '../store.ts';

/** Tells whoever looks at these accounts, here or in another process, that something of their submissions has changed. */
export function tellChange(...accountIds: readonly string[]): void {
  const tell = async () => {
    const { news } = await store();
    await Promise.all([...new Set(accountIds)].map((accountId) => news.tell(accountId)));
  };
  // It can be asked for, too: a browser that does not hear of it looks a little later.
  tell().catch((error: unknown) => log.warn({ err: error }, 'a change of submissions was not told'));
}

/** Calls `onChange` at each change of an account's submissions, wherever it was made, until `signal` aborts. */
export async function listenToSubmissions(accountId: string, onChange: () => void, signal: AbortSignal): Promise<void> {
  (await store()).news.hear(accountId, onChange, signal);
}
