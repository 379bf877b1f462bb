import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountIdOf } from '../store/account.ts';
import { writeRemoteImageRule } from '../store/remote-image-rule.ts';
import { databases } from '../store/testing/databases.ts';
import { emptyRules, listRules, removeRule, setRule } from './remote-image-rules.ts';
import { firstAccountId, type SignedIn } from './session.ts';
import { store } from './store.ts';
import { install } from './testing/installation.ts';
import { signedInTo } from './testing/signed-in.ts';

describe.each(databases)('choices about remote images on $name', (database) => {
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    installation = await install(database, {});
  });
  afterAll(() => installation.remove());

  async function person(username: string): Promise<SignedIn> {
    const id = await accountIdOf(await store(), { protocol: 'imap', host: 'h', port: 1, username });
    return signedInTo(id, username);
  }
  const told = async (signedIn: SignedIn) =>
    (await listRules(signedIn)).map(({ kind, name, choice }) => `${kind} ${name} ${choice}`).sort();

  test('are kept for this person alone, one for each sender and domain', async () => {
    const [anna, bert] = [await person('anna'), await person('bert')];
    expect(await listRules(anna)).toEqual([]);
    await setRule(anna, { kind: 'sender', name: 'news@seeds.example', choice: 'always' });
    await setRule(anna, { kind: 'domain', name: 'seeds.example', choice: 'always' });
    await setRule(anna, { kind: 'sender', name: 'news@seeds.example', choice: 'never' });
    expect(await told(anna)).toEqual(['domain seeds.example always', 'sender news@seeds.example never']);
    expect(await listRules(bert)).toEqual([]);
  });

  test('are taken back one by one, or all at once', async () => {
    const [cleo, dora] = [await person('cleo'), await person('dora')];
    for (const name of ['a@x.example', 'b@x.example', 'c@x.example']) {
      for (const one of [cleo, dora]) await setRule(one, { kind: 'sender', name, choice: 'always' });
    }
    await removeRule(cleo, { kind: 'sender', name: 'b@x.example' });
    await removeRule(cleo, { kind: 'domain', name: 'a@x.example' });
    expect(await told(cleo)).toEqual(['sender a@x.example always', 'sender c@x.example always']);
    await emptyRules(cleo);
    expect(await told(cleo)).toEqual([]);
    expect(await told(dora)).toHaveLength(3);
  });

  test('are bounded, and the oldest goes', async () => {
    const emil = await person('emil');
    for (let at = 0; at < 6; at += 1) {
      const row = { account_id: firstAccountId(emil), kind: 'sender', choice: 'always' } as const;
      await writeRemoteImageRule(await store(), { ...row, name: `${at}@x.example`, created_at_ms: 1_000 + at }, 4);
    }
    expect((await listRules(emil)).map(({ name }) => name)).toEqual([
      '5@x.example',
      '4@x.example',
      '3@x.example',
      '2@x.example',
    ]);
  });
});
