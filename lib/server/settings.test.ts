import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountIdOf } from '../store/account.ts';
import { databases } from '../store/testing/databases.ts';
import type { SignedIn } from './session.ts';
import { defaultSettings, readSettings, updateSettings } from './settings.ts';
import { store } from './store.ts';
import { install } from './testing/installation.ts';
import { signedInTo } from './testing/signed-in.ts';

describe.each(databases)('settings on $name', (database) => {
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    installation = await install(database, {});
  });
  afterAll(() => installation.remove());

  async function person(username: string): Promise<SignedIn> {
    const id = await accountIdOf(await store(), { protocol: 'imap', host: 'h', port: 1, username });
    return signedInTo(id, username);
  }

  test('are the defaults until something is chosen, and then are kept for this person alone', async () => {
    const [anna, bert] = [await person('anna'), await person('bert')];
    expect(await readSettings(anna)).toEqual(defaultSettings);
    const changed = await updateSettings(anna, { theme: 'dark', markReadDelayMs: null });
    expect(changed).toEqual({ ...defaultSettings, theme: 'dark', markReadDelayMs: null });
    expect(await readSettings(anna)).toEqual(changed);
    expect(await readSettings(bert)).toEqual(defaultSettings);
  });

  test('of two changes at once both count', async () => {
    const cleo = await person('cleo');
    await Promise.all([updateSettings(cleo, { density: 'compact' }), updateSettings(cleo, { readingPane: 'below' })]);
    expect(await readSettings(cleo)).toEqual({ ...defaultSettings, density: 'compact', readingPane: 'below' });
  });

  test('know labels by keyword, each once, and none that programs have taken', async () => {
    const ella = await person('ella');
    const work = { keyword: 'work', name: 'Work', color: 'red' } as const;
    const renamed = { keyword: '$label1', name: 'Urgent', color: 'blue' } as const;
    expect((await updateSettings(ella, { labels: [work, renamed] })).labels).toEqual([work, renamed]);
    const bad = ['$seen', '$junk', '$label6', 'a b', 'Work', ''].map((keyword) => ({ ...work, keyword }));
    for (const label of [...bad, { ...work, name: ' ' }, { ...work, name: 'a\nb' }, { ...work, name: 'x'.repeat(65) }])
      await expect(updateSettings(ella, { labels: [label] }), label.keyword).rejects.toThrow();
    await expect(updateSettings(ella, { labels: [work, { ...work, name: 'Again' }] })).rejects.toThrow();
    expect((await readSettings(ella)).labels).toEqual([work, renamed]);
  });

  test('that another release wrote keep what still fits', async () => {
    const dora = await person('dora');
    await updateSettings(dora, { density: 'compact' });
    const value = JSON.stringify({ density: 'compact', theme: 'sepia', sound: true });
    const { db } = await store();
    await db
      .updateTable('setting')
      .set({ value })
      .where('account_id', '=', dora.accounts[0]?.id ?? '')
      .execute();
    expect(await readSettings(dora)).toEqual({ ...defaultSettings, density: 'compact' });
  });
});
