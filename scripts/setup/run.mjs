import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command in the project's folder; ends the process with its words when it fails. */
export function run([command, ...args], environment = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) stop(`"${[command, ...args].join(' ')}" failed; what it said stands above.`);
}

/** Ends the process with one sentence. */
export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
