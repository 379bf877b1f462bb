import pg from 'pg';
import { createHearers, type News } from './news.ts';

const channel = 'posthorn_submissions';
const firstRetryMs = 1_000;
const lastRetryMs = 30_000;

/**
 * By LISTEN and NOTIFY, over a connection of its own that is opened when somebody first listens, and again, with
 * back-off, when it was lost. `notify` goes over the pool.
 */
export function createPostgresNews(
  databaseUrl: string,
  {
    notify,
    onLostConnection,
  }: { notify: (channel: string, word: string) => Promise<void>; onLostConnection: (error: Error) => void },
): News {
  const hearers = createHearers();
  let client: pg.Client | null = null;
  let retryMs = firstRetryMs;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function listen(): Promise<void> {
    const next = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'posthorn news',
    });
    client = next;
    const lost = (error: Error) => {
      if (client !== next || isClosed) return;
      client = null;
      onLostConnection(error);
      timer = setTimeout(() => void listen(), retryMs).unref();
      retryMs = Math.min(retryMs * 2, lastRetryMs);
      next.end().catch(onLostConnection);
    };
    next.on('error', lost);
    next.on('end', () => lost(new Error('the connection for news ended')));
    next.on('notification', ({ payload }) => hearers.call(payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      return lost(error as Error);
    }
    retryMs = firstRetryMs;
    // What was told before it listened, nobody knows.
    hearers.callAll();
  }

  return {
    tell: (accountId) => notify(channel, accountId),
    hear(accountId, onWord, signal) {
      hearers.add(accountId, onWord, signal);
      if (client === null && timer === undefined && !isClosed) void listen();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
