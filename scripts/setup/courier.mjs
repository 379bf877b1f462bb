import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { find } from './find.mjs';
import { root } from './run.mjs';

/** Unpacks Courier's IMAP and POP3 beside the system, for the tests of further servers; without it those tests are skipped. */
export function unpackCourier() {
  const folder = process.env.COURIER_ROOT ?? '/var/tmp/posthorn-courier';
  if (!find('apt-get') || existsSync(join(folder, 'usr/lib/courier/courier/courierpop3d'))) return;
  console.log('Unpacking Courier …');
  const { status } = spawnSync('sh', ['lib/mail/testing/unpack-courier.sh', folder], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) console.log('Courier could not be had: its tests are skipped.');
}
