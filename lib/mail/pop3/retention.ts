import type { Retention, RetentionPreview } from '../model.ts';
import type { Copy } from './collection-store.ts';

const dayMs = 24 * 3600 * 1000;

/**
 * What a rule says of a message that the server has: `remove` it now, `later` of its own accord, or `leave` it. A message
 * that is not kept here is removed only where the person deleted it.
 */
export function decideRemoval(retention: Retention, copy: Copy, nowMs: number): 'remove' | 'later' | 'leave' {
  if (retention.rule === 'leave') return 'leave';
  if (copy.deletedAtMs !== null) return 'remove';
  if (retention.rule === 'removeWhenDeleted') return 'leave';
  // What is not kept yet is collected first: whatever the rule, that is not now.
  if (copy.content === null || copy.collectedAtMs === null) return 'later';
  if (retention.rule === 'collect') return 'remove';
  return nowMs - copy.collectedAtMs >= retention.days * dayMs ? 'remove' : 'later';
}

/** How many of `copies` a rule would remove at the next collection, which keeps what is not kept yet, and how many in time. */
export function previewRemoval(retention: Retention, copies: Iterable<Copy>, nowMs: number): RetentionPreview {
  const preview = { removeNow: 0, deletedHere: 0, removeLater: 0 };
  for (const copy of copies) {
    const collected = { ...copy, content: copy.content ?? '', collectedAtMs: copy.collectedAtMs ?? nowMs };
    const fate = decideRemoval(retention, collected, nowMs);
    if (fate === 'remove') preview.removeNow += 1;
    if (fate === 'later') preview.removeLater += 1;
    if (fate === 'remove' && copy.deletedAtMs !== null) preview.deletedHere += 1;
  }
  return preview;
}
