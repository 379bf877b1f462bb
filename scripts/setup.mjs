// Plain JavaScript without imports from npm: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What the product itself needs to show itself: a mail server, and a tool that makes its certificate. */
const demoPrograms = { dovecot: ['dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd'], openssl: ['openssl'] };
/** What the tests need besides: a browser with fonts, a database server, a second IMAP and POP3 server. */
const testPrograms = {
  ...demoPrograms,
  chromium: ['chromium', 'fonts-noto-core', 'fonts-noto-cjk'],
  postgres: ['postgresql'],
};

const others = [
  ['brew', 'brew install dovecot openssl', ' chromium postgresql@16'],
  ['dnf', 'sudo dnf install dovecot openssl', ' chromium postgresql-server'],
  ['pacman', 'sudo pacman -S dovecot openssl', ' chromium postgresql'],
  ['apk', 'sudo apk add dovecot dovecot-pop3d dovecot-lmtpd openssl', ' chromium postgresql'],
];

/** Installs what is missing for `demo` or `test`. Ends the process with one sentence where it cannot. */
export function setUp(purpose) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9))
    stop(`Posthorn needs Node 20.9 or newer; this is ${process.versions.node}.`);
  installPrograms(purpose === 'test' ? testPrograms : demoPrograms, purpose);
  installModules();
}

function installPrograms(programs, purpose) {
  const missing = Object.entries(programs).flatMap(([program, packages]) => (find(program) ? [] : packages));
  if (missing.length === 0) return;
  if (!find('apt-get')) {
    const [, command, more] = others.find(([tool]) => find(tool)) ?? [];
    const how = command ? `run: ${command}${purpose === 'test' ? more : ''}` : `install: ${missing.join(' ')}`;
    stop(`Posthorn needs some programs that are not here. Please ${how}, then start again.`);
  }
  const sudo = process.getuid() === 0 ? [] : ['sudo'];
  if (sudo.length > 0 && !find('sudo')) stop(`Please run as root: apt-get install ${missing.join(' ')}`);
  console.log(`Installing ${missing.join(' ')} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run([...sudo, 'apt-get', 'update', '-qq'], environment);
  run(
    [
      ...sudo,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...missing,
    ],
    environment,
  );
}

/** npm ci when node_modules is absent or older than the lock file. */
function installModules() {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs && isSameTree(stamp, lock)) return;
  console.log('Installing npm packages …');
  run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    ...process.env,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  });
}

/** A checkout of another commit gives the lock file a new date, and an older one another content. */
function isSameTree(stamp, lock) {
  const versions = (file) =>
    Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages).flatMap(([path, entry]) =>
      path === '' || entry.optional ? [] : [`${path}@${entry.version}`],
    );
  const installed = new Set(versions(stamp));
  return versions(lock).every((entry) => installed.has(entry));
}

/** Where a program is: on the PATH, or where Debian keeps servers. */
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

const postgresFolders = () => [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`);

function run([command, ...args], env) {
  const result = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) stop(`"${[command, ...args].join(' ')}" failed; what it said stands above.`);
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
