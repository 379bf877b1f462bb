import { describe, expect, it } from 'vitest';
import { rowOf } from '../testing/rows.ts';
import { noticesOf } from './notice.ts';

const words = {
  archive: 'Archive',
  read: 'Mark as read',
  noSubject: 'No subject',
  many: (count: number) => `${count} new`,
};
const place = { accountId: 'a', mailboxId: 'inbox', isSilent: true };

describe('notices of new mail', () => {
  it('say who and what, and lead to the message', () => {
    const message = rowOf('m 1', { subject: 'Tide', from: [{ name: 'Marta', email: 'marta@example.org' }] });
    const [notice, ...others] = noticesOf([message], place, words);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      title: 'Marta',
      options: { body: 'Tide', tag: 'a m 1', silent: true, data: { messageId: 'm 1', href: '/mail/a/inbox/m%201' } },
    });
    expect(notice?.options.actions.map(({ action }) => action)).toEqual(['archive', 'read']);
  });

  it('have words for what is missing, and no characters that turn the line', () => {
    const message = rowOf('m', { subject: '', from: [{ name: 'gpj\u202eexe', email: 'x@example.org' }] });
    const [notice] = noticesOf([message], place, words);
    expect(notice?.options.body).toBe('No subject');
    expect(notice?.title).not.toContain('\u202e');
  });

  it('are one where there are many', () => {
    const came = ['a', 'b', 'c', 'd'].map((id) => rowOf(id, { from: [{ name: id, email: `${id}@example.org` }] }));
    expect(noticesOf(came.slice(1), place, words)).toHaveLength(3);
    const notices = noticesOf(came, place, words);
    expect(notices.map(({ title, options }) => [title, options.body])).toEqual([['4 new', 'a, b, c, d']]);
  });
});
