import type { SubmissionTable } from '../../store/submission-tables.ts';

const minute = 60_000;
/** After each failure so long until the next try (RFC 5321 §4.5.4.1 asks for patience that grows); then the last again and again. */
const waits = [1, 2, 5, 10, 20, 30, 60].map((minutes) => minutes * minute);
/** A message that could not be handed over for so long is given back to the person. */
const mostMs = 48 * 60 * minute;

/** When to try again after `attempts` failures, with jitter, so that not all come at once; null: it is enough. */
export function nextTryAt(
  { created_at_ms, due_at_ms }: Pick<SubmissionTable, 'created_at_ms' | 'due_at_ms'>,
  attempts: number,
  atLeastMs = 0,
  now = Date.now(),
): number | null {
  const begun = attempts === 1 ? Math.max(created_at_ms, due_at_ms) : created_at_ms;
  if (now - begun > mostMs) return null;
  const wait = Math.max(atLeastMs, waits[Math.min(attempts, waits.length) - 1] ?? minute);
  return now + Math.round(wait * (0.9 + Math.random() * 0.2));
}
