import { MailError } from '../mail/errors.ts';

/** No room on the disk or in a quota; EFBIG is a limit on the size of files. 53100 and SQLITE_FULL say it of a database. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', '53100', 'SQLITE_FULL']);

/** What a failure to write means: `storageFull` where there was no room, else the error itself. */
export function translateStorageError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return full.has(code) ? new MailError('storageFull', `no room to keep a message (${code})`, { cause: error }) : error;
}
