import { expect, test } from 'vitest';
import { fillTemplate, freeFields } from './fill-template.ts';

const facts = {
  recipient: { name: 'Ada Lovelace', email: 'ada@x.org' },
  sender: { name: null, email: 'me@x.org' },
  date: '28 November 2026',
};

test('fields are filled in from the message, and what is asked for from the answers', () => {
  const text =
    'Dear {{recipient.firstName}} ({{ recipient.name }}), order {{order number}} of {{date}}. {{sender.name}}';
  expect(freeFields(text, '{{order number}} {{place}}')).toEqual(['order number', 'place']);
  expect(fillTemplate(text, facts, new Map([['order number', '$& 7']]))).toBe(
    'Dear Ada (Ada Lovelace), order $& 7 of 28 November 2026. me@x.org',
  );
});

test('a recipient without a name is called by the address, or not at all; a name is turned round', () => {
  const of = (name: string | null) =>
    fillTemplate(
      '{{recipient.firstName}}|{{recipient.name}}',
      { ...facts, recipient: { name, email: 'a@x.org' } },
      new Map(),
    );
  expect(of(null)).toBe('|a@x.org');
  expect(of('Lovelace, Ada King')).toBe('Ada|Lovelace, Ada King');
  expect(fillTemplate('{{recipient.name}}{{unknown}}', { ...facts, recipient: undefined }, new Map())).toBe('');
});

test('what a name holds is no field', () => {
  const recipient = { name: '{{date}}', email: 'a@x.org' };
  expect(fillTemplate('{{recipient.name}}', { ...facts, recipient }, new Map())).toBe('{{date}}');
});
