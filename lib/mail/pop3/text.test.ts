import { expect, it } from 'vitest';
import { readMessage } from '../mime/read-message.ts';
import { costOf } from '../testing/held.ts';
import { textOf } from './text.ts';

const html = async (body: string) =>
  await readMessage(Buffer.from(`Content-Type: text/html; charset=utf-8\r\n\r\n${body}`));

it('reads the words of an HTML mail and not its tags', async () => {
  expect(textOf(await html('<p>Tide <b>tables</b> of <a href="https://example.org">May</a></p>')).trim()).toBe(
    'Tide tables of May',
  );
});

it.each(['<b>word', '<div>', '<', '<p><i>word '])('reads 512 kB of %s in good time', async (unit) => {
  const parsed = await html(`<p>first</p>${unit.repeat(524_288 / unit.length)}`);
  let text = '';
  const { heldMs } = await costOf(async () => {
    text = textOf(parsed);
  });
  expect(text).toContain('first');
  expect(heldMs).toBeLessThan(1_500);
});
