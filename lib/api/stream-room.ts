import { MailError } from '../mail/errors.ts';
import { live } from '../server/live.ts';

/** So many streams of one kind a sign-in may have at once. */
export interface StreamRoom {
  /** Throws `busy` where there is no room for one more. */
  check(sessionId: string): void;
  /** Takes a place and gives how to leave it. */
  enter(sessionId: string): () => void;
}

export function createStreamRoom(name: string, maxStreams: number): StreamRoom {
  const streams = live(name, () => new Map<string, number>());
  return {
    check(sessionId) {
      if ((streams.get(sessionId) ?? 0) >= maxStreams) throw new MailError('busy', `too many ${name}`);
    },
    enter(sessionId) {
      streams.set(sessionId, (streams.get(sessionId) ?? 0) + 1);
      return () => {
        const left = (streams.get(sessionId) ?? 1) - 1;
        if (left > 0) streams.set(sessionId, left);
        else streams.delete(sessionId);
      };
    },
  };
}
