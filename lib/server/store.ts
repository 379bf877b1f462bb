import { openStore, type Store } from '../store/database.ts';
import { ping } from '../store/ping.ts';
import { config } from './config.ts';
import { live } from './live.ts';
import { log } from './log.ts';

const opening = live<{ store: Promise<Store> | null }>('store', () => ({ store: null }));

/** The store of this process, opened at first use. A failure is not kept: the next call tries again. */
export function store(): Promise<Store> {
  opening.store ??= openStore({
    dataDir: config().dataDir,
    databaseUrl: config().databaseUrl,
    onLostConnection: (error) => log.warn({ err: error }, 'a database connection was lost'),
  }).catch((error: unknown) => {
    opening.store = null;
    throw error;
  });
  return opening.store;
}

/** Closes the store if it is open. */
export async function closeStore(): Promise<void> {
  const open = opening.store;
  opening.store = null;
  await (await open)?.close();
}

/** Whether the store answers now; why not goes to the log. */
export async function isStoreReady(): Promise<boolean> {
  try {
    await ping(await store());
    return true;
  } catch (error) {
    log.error({ err: error }, 'the store does not answer');
    return false;
  }
}
