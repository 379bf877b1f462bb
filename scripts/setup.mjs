// Plain JavaScript without imports from npm: this runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPrograms } from './setup/programs.mjs';
import { root, run, stop } from './setup/run.mjs';

export { root };

/** Installs what is missing for `demo` or `test`. Ends the process with one sentence where it cannot. */
export function setUp(purpose) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9))
    stop(`Posthorn needs Node 20.9 or newer; this is ${process.versions.node}.`);
  installPrograms(purpose);
  installModules();
}

/** npm ci, when node_modules does not hold what the lock file names. */
function installModules() {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(stamp) && holds(stamp, join(root, 'package-lock.json'))) return;
  console.log('Installing npm packages …');
  run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' });
}

function holds(stamp, lock) {
  const versions = (file) =>
    Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages).flatMap(([path, entry]) =>
      path === '' || entry.optional ? [] : [`${path}@${entry.version}`],
    );
  const installed = new Set(versions(stamp));
  return versions(lock).every((entry) => installed.has(entry));
}
