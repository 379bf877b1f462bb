import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('read-mail.py', import.meta.url));

/** What Python's own parser finds in a message; see the program for its shape. */
export function readByPython(raw: Buffer) {
  const { status, stdout, stderr } = spawnSync('python3', [program], { input: raw, timeout: 15_000 });
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}
