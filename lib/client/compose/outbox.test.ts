import { describe, expect, it } from 'vitest';
import { choicesOf, isWorthAWord, type Submission, tellingOf, waits } from './outbox.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 4, 1) + seconds * 1_000).toISOString();
const submission = (change: Partial<Submission>): Submission => ({
  id: 'one',
  state: 'held',
  dueAt: at(10),
  createdAt: at(0),
  attempts: 0,
  messageId: 'one@harbour.example',
  subject: 'Nets',
  to: [],
  cc: [],
  bcc: [],
  sizeBytes: 1,
  problem: null,
  serverText: null,
  isWritten: true,
  refused: [],
  ...change,
});

describe('what waits to be sent', () => {
  it('is told of where it waits for longer than Undo does', () => {
    expect(isWorthAWord(submission({ dueAt: at(60) }))).toBe(false);
    expect(isWorthAWord(submission({ dueAt: at(61) }))).toBe(true);
    expect(isWorthAWord(submission({ attempts: 1 }))).toBe(true);
  });

  it('is told of where it waits for a word, and not while it goes by itself', () => {
    expect(isWorthAWord(submission({ state: 'unknown' }))).toBe(true);
    expect(isWorthAWord(submission({ state: 'refused', problem: 'forbidden' }))).toBe(true);
    expect(isWorthAWord(submission({ state: 'accepted' }))).toBe(false);
    expect(isWorthAWord(submission({ state: 'accepted', problem: 'unreachable' }))).toBe(true);
    expect(isWorthAWord(submission({ state: 'sending', attempts: 1 }))).toBe(false);
  });

  it('says what it waits for, and offers what the server would do', () => {
    expect(tellingOf(submission({}))).toBe('scheduled');
    expect(tellingOf(submission({ attempts: 2 }))).toBe('retries');
    expect(tellingOf(submission({ state: 'accepted' }))).toBe('sending');
    expect(tellingOf(submission({ state: 'accepted', problem: 'unreachable' }))).toBe('notFiled');
    expect(choicesOf(submission({ state: 'sending' }))).toEqual([]);
    expect(choicesOf(submission({}))).toEqual(['sendNow', 'reschedule', 'edit', 'takeBack']);
    // A receipt, say.
    expect(choicesOf(submission({ isWritten: false }))).toEqual(['sendNow', 'reschedule', 'takeBack']);
    expect(choicesOf(submission({ state: 'unknown' }))).toContain('wasSent');
  });

  it('has left once its copy is in Sent', () => {
    expect(waits(submission({ state: 'filed' }))).toBe(false);
    expect(waits(submission({ state: 'accepted' }))).toBe(true);
  });
});
