import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What mutt shows of a message, and the files that it saves from it under the names that it gives them. */
export interface ReadByMutt {
  /** Its decoded fields as they stand, unfolded, and the text below. */
  shown: string;
  files: Map<string, Buffer>;
}

const settings = `
set folder=.
set sleep_time=0
set charset="utf-8"
set pipe_decode=yes
set wait_key=no
set quit=yes
set confirmappend=no
set save_address=no
set beep=no
ignore *
unignore subject from to cc bcc date references in-reply-to
alternative_order text/plain text/html
`;

/** Reads one message with mutt; `entries` are the lines of its list of parts that are files, counted from 1. */
export async function readByMutt(raw: Buffer, entries: readonly number[]): Promise<ReadByMutt> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-mutt-'));
  try {
    for (const name of ['cur', 'new', 'tmp', '../saved']) mkdirSync(join(folder, 'box', name), { recursive: true });
    writeFileSync(join(folder, 'box/cur/1:2,S'), raw);
    const saves = entries.map((at) => `${at}<enter><save-entry><enter>`).join('');
    const keys = `<pipe-message>cat>../shown<enter><view-attachments>${saves}<exit><quit>`;
    writeFileSync(join(folder, 'muttrc'), `${settings}push '${keys}'\n`);
    // mutt wants a terminal: script makes one, and lingers where its own input has ended.
    const child = spawn('script', ['-qec', 'mutt -n -F ../muttrc -R -f ../box', '/dev/null'], {
      cwd: join(folder, 'saved'),
      env: { ...process.env, HOME: folder, TERM: 'xterm', LC_ALL: 'C.UTF-8', COLUMNS: '120', LINES: '50' },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: 15_000,
    });
    const [status] = await once(child, 'exit');
    if (status !== 0) throw new Error(`mutt ended with ${status}`);
    const saved = readdirSync(join(folder, 'saved'));
    const files = new Map(saved.map((name) => [name, readFileSync(join(folder, 'saved', name))]));
    return { shown: readFileSync(join(folder, 'shown'), 'utf8').replace(/\n[ \t]+/g, ' '), files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
