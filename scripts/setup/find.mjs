import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program is: on the PATH, or where systems keep servers. */
export function find(program) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/sbin',
    '/opt/homebrew/sbin',
    '/usr/local/sbin',
  ];
  if (program === 'postgres') folders.push(...postgresFolders());
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function postgresFolders() {
  const versions = '/usr/lib/postgresql';
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
}
