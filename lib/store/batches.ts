/** Rows in one statement: SQLite takes 32,766 values in one, Postgres 65,535. */
const batchSize = 1_000;

/** `items` in runs that one statement can take. */
export function* batches<T>(items: T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += batchSize) yield items.slice(at, at + batchSize);
}
