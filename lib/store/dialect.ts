/**
 * All that differs between the two databases. Everything else is written once: ids are random text, times are whole
 * milliseconds in `bigint`, truths are `integer` 0 or 1, JSON is text; both databases read and answer these alike.
 */
export interface Dialect {
  name: 'libsql' | 'postgres';
  /** The column type of bytes; both answer with a Buffer. */
  bytes: 'blob' | 'bytea';
}

export const libsqlDialect: Dialect = { name: 'libsql', bytes: 'blob' };
export const postgresDialect: Dialect = { name: 'postgres', bytes: 'bytea' };
