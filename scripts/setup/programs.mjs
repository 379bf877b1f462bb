import { spawnSync } from 'node:child_process';
import { installQuietly } from './apt.mjs';
import { find } from './find.mjs';
import { stop } from './run.mjs';

/** What a purpose needs: a program that shows that it is there, and Debian's packages that bring it. */
const needs = {
  demo: [
    ['dovecot', ['dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd']],
    ['openssl', ['openssl']],
  ],
  // A browser with fonts for every script, a database server, a second POP3 and IMAP server beside Dovecot, and two
  // readers of mail that are not ours.
  test: [
    ['chromium', ['chromium', 'fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji']],
    ['postgres', ['postgresql']],
    ['/usr/sbin/pop3d', ['mailutils-pop3d']],
    ['python3', ['python3']],
    ['mutt', ['mutt']],
  ],
};

/** Other systems, by the program that installs there. */
const others = [
  ['brew', 'brew install dovecot openssl', ' chromium postgresql@16 mutt'],
  ['dnf', 'sudo dnf install dovecot openssl', ' chromium postgresql-server mutt python3'],
  ['pacman', 'sudo pacman -S dovecot openssl', ' chromium postgresql mutt python'],
  ['apk', 'sudo apk add dovecot dovecot-pop3d dovecot-lmtpd openssl', ' chromium postgresql mutt python3'],
];

/** Installs Debian's packages where apt is; elsewhere ends the process with the command for that system. */
export function installPrograms(purpose) {
  const wanted = purpose === 'test' ? [...needs.demo, ...needs.test] : needs.demo;
  if (find('apt-get')) {
    const missing = wanted.flatMap(([, packages]) => packages.filter((name) => !isInstalled(name)));
    if (missing.length > 0) installQuietly(missing);
    return;
  }
  // What is beside Debian's packages is told by the tests that are skipped without it.
  const missing = wanted.filter(([program]) => !program.startsWith('/') && !find(program)).map(([program]) => program);
  if (missing.length === 0) return;
  const [, command, more] = others.find(([tool]) => find(tool)) ?? [];
  const how = command ? `run: ${command}${purpose === 'test' ? more : ''}` : `install: ${missing.join(', ')}`;
  stop(`Posthorn needs ${missing.join(', ')}, not found here. Please ${how}; then start again.`);
}

function isInstalled(name) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholder
  const format = '--showformat=${db:Status-Status}';
  const { stdout } = spawnSync('dpkg-query', ['--show', format, name], {
    encoding: 'utf8',
  });
  return stdout === 'installed';
}
