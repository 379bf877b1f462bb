import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Process {
  /** The exit status; null when a signal ended it. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs a script with this Node in the project's folder; what it says is shown, or, when quiet, only if it fails. */
export function runNode(args: string[], environment: NodeJS.ProcessEnv, isQuiet = false): Process {
  const output = isQuiet ? 'pipe' : 'inherit';
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', output, output],
  });
  const told: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => told.push(chunk));
  child.once('close', (status) => {
    if (status !== 0 && status !== null) process.stderr.write(Buffer.concat(told));
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)));
  return {
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
