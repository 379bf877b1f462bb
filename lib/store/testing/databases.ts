import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../database.ts';
import { startPostgres } from './postgres.ts';

export interface TestStore {
  /** Where it is, as openStore and the environment have it. */
  where: { dataDir: string; databaseUrl: string | null };
  store: Store;
  /** The same database opened once more, as another process would. */
  again(): Promise<Store>;
  stop(): Promise<void>;
}

/** Both databases, for `describe.each(databases)`: each opens an empty store. */
export const databases: { name: string; open(): Promise<TestStore> }[] = [
  {
    name: 'libsql',
    async open() {
      const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-store-'));
      return opened({ dataDir, databaseUrl: null }, async () => rmSync(dataDir, { recursive: true, force: true }));
    },
  },
  {
    name: 'postgres',
    async open() {
      const server = await startPostgres();
      return opened({ dataDir: '/nonexistent', databaseUrl: server.url }, () => server.stop());
    },
  },
];

async function opened(
  where: { dataDir: string; databaseUrl: string | null },
  cleanUp: () => Promise<void>,
): Promise<TestStore> {
  const stores: Store[] = [];
  let isStopping = false;
  const onLostConnection = (error: Error) => {
    if (!isStopping) throw error;
  };
  const again = async () => {
    const store = await openStore({ ...where, onLostConnection });
    stores.push(store);
    return store;
  };
  return {
    where,
    store: await again(),
    again,
    async stop() {
      isStopping = true;
      for (const store of stores) await store.close();
      await cleanUp();
    },
  };
}
