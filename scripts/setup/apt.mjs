import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { find } from './find.mjs';
import { run, stop } from './run.mjs';

/** Installs Debian's packages without questions, and without starting the servers that come with them. */
export function installQuietly(packages) {
  const isRoot = process.getuid() === 0;
  if (!isRoot && !find('sudo')) stop(`Please run as root: apt-get install ${packages.join(' ')}; then start again.`);
  const sudo = isRoot ? [] : ['sudo'];
  console.log(`Installing ${packages.join(' ')} …`);
  run([...sudo, 'apt-get', 'update', '-qq']);
  withoutStartingServices(isRoot, () =>
    run([
      ...sudo,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...packages,
    ]),
  );
}

/** Debian starts a server as soon as it is installed, unless this file says no (policy-rc.d, exit 101). */
function withoutStartingServices(isRoot, install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (!isRoot || existsSync(policy)) return install();
  // run() ends the process on failure, so the file is removed on the way out as well.
  const remove = () => rmSync(policy, { force: true });
  process.once('exit', remove);
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  install();
  remove();
  process.removeListener('exit', remove);
}
