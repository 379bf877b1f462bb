import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What Posthorn keeps of POP3 maildrops. */
export async function createMaildrop(_db: Kysely<unknown>, _dialect: Dialect): Promise<void> {}
