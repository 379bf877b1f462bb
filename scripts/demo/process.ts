import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Process {
  /** The exit status; null when a signal ended it. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs a script with this Node in the project's folder; what it says is shown. */
export function runNode(args: string[], environment: NodeJS.ProcessEnv): Process {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
  return {
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
