import { describe, expect, it } from 'vitest';
import { processorMs } from '../mail/testing/held.ts';
import { flow } from './flow.ts';
import { unflow } from './format-flowed.ts';

const words = 'The quay wall moved by two metres after the survey, so the canopy has to follow it all the way round.';

describe('flow', () => {
  it('breaks long paragraphs where a reader joins them again', () => {
    const flowed = flow(words);
    expect(flowed.split('\n').length).toBeGreaterThan(1);
    for (const line of flowed.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
    expect(unflow(flowed)).toBe(words);
  });

  it.each([
    ['lines of their own', 'one\ntwo\n\nthree'],
    ['quotes of several depths', `> said\n>> and before that\n> ${words}`],
    ['what looks like a quote or an envelope line inside', 'From me to you\n indented\n'],
    ['the mark of a signature', `Bye\n-- \nInes`],
    ['words that no line can hold', `${'x'.repeat(200)}\n${'y'.repeat(90)} z`],
    ['nothing', ''],
  ])('comes back as it was: %s', (_, text) => {
    expect(unflow(flow(text))).toBe(text);
  });

  it('takes spaces off line ends, which would join lines that are two', () => {
    expect(unflow(flow('one \ntwo'))).toBe('one\ntwo');
  });

  it('breaks a line of a megabyte in little time', () => {
    const started = process.cpuUsage();
    expect(unflow(flow('word '.repeat(200_000).trimEnd()))).toBe('word '.repeat(200_000).trimEnd());
    expect(processorMs(started)).toBeLessThan(2_000);
  });
});
