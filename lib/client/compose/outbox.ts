import type { Submission } from './send.ts';

export type { Submission };

/** Not at its end yet. */
export const waits = ({ state }: Submission): boolean => state !== 'filed';

const longestUndoMs = 60_000;

/** Whether the person is to be reminded of it: it waits for longer than Undo does, or for their word. */
export function isWorthAWord({ state, dueAt, createdAt, attempts, problem }: Submission): boolean {
  if (state === 'held') return attempts > 0 || Date.parse(dueAt) - Date.parse(createdAt) > longestUndoMs;
  return state === 'unknown' || state === 'refused' || (state === 'accepted' && problem !== null);
}

/** What its state is called: the sentence that says it. */
export type Telling = 'scheduled' | 'retries' | 'sending' | 'unknown' | 'refused' | 'notFiled';

export function tellingOf({ state, attempts, problem }: Submission): Telling {
  switch (state) {
    case 'held':
      return attempts > 0 ? 'retries' : 'scheduled';
    case 'unknown':
    case 'refused':
      return state;
    case 'accepted':
      return problem === null ? 'sending' : 'notFiled';
    default:
      return 'sending';
  }
}

export type Choice = 'sendNow' | 'reschedule' | 'edit' | 'sendAgain' | 'wasSent' | 'fileAgain' | 'takeBack';

const choices: Record<Telling, readonly Choice[]> = {
  scheduled: ['sendNow', 'reschedule', 'edit', 'takeBack'],
  retries: ['sendNow', 'edit', 'takeBack'],
  sending: [],
  unknown: ['wasSent', 'sendAgain', 'takeBack'],
  refused: ['sendAgain', 'edit', 'takeBack'],
  notFiled: ['fileAgain'],
};

/** What the server does with it on the person's word, as it is now. What nobody wrote is not written on. */
export const choicesOf = (submission: Submission): readonly Choice[] =>
  choices[tellingOf(submission)].filter((choice) => choice !== 'edit' || submission.isWritten);
