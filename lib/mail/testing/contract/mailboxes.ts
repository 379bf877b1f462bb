import { describe, expect, it } from 'vitest';
import type { Suite } from '../contract.ts';
import { letter } from '../letters.ts';

export function describeMailboxes({ traits, person }: Suite): void {
  describe.runIf(traits.mailboxes)('mailboxes', () => {
    it('makes them with any name, nested too', async () => {
      const { driver } = await person();
      for (const name of ['Über & Co', '日本語', '100%', 'a*b', '"quoted"', '🦊']) {
        const made = await driver.createMailbox({ name, parentId: null });
        expect(made).toMatchObject({ name, path: name, parentId: null, isSelectable: true });
        const page = await driver.listMessages({ mailboxId: made.id, position: 0, limit: 50 });
        expect(page.total).toBe(0);
      }
      const parent = await driver.createMailbox({ name: 'Parent', parentId: null });
      const child = await driver.createMailbox({ name: 'Child', parentId: parent.id });
      expect(child).toMatchObject({ name: 'Child', path: 'Parent / Child', parentId: parent.id });
    });

    it('refuses names that are none, and one that is taken', async () => {
      const { driver } = await person();
      for (const name of ['', ' ', 'x\r\nA1 LOGOUT', 'x\0', 'x'.repeat(2000)]) {
        await expect(driver.createMailbox({ name, parentId: null }), name).rejects.toMatchObject({ code: 'invalid' });
      }
      await driver.createMailbox({ name: 'Taken', parentId: null });
      await expect(driver.createMailbox({ name: 'Taken', parentId: null })).rejects.toMatchObject({ code: 'conflict' });
    });

    it('makes one for a role, once', async () => {
      const { driver } = await person();
      const drafts = async () =>
        (await driver.listMailboxes({ counts: false })).filter(({ role }) => role === 'drafts');
      const before = await drafts();
      const make = () => driver.createMailbox({ name: 'Drafts', parentId: null, role: 'drafts' });
      if (before.length === 0) {
        const made = await make();
        expect(made).toMatchObject({ role: 'drafts', isSubscribed: true });
        expect(await drafts()).toMatchObject([{ id: made.id }]);
      }
      await expect(make()).rejects.toMatchObject({ code: 'conflict' });
      expect(await drafts()).toHaveLength(1);
    });

    it('renames with all below it, and deletes', async () => {
      const { driver, elsewhere } = await person();
      const old = await driver.createMailbox({ name: 'Old', parentId: null });
      const below = await driver.createMailbox({ name: 'Below', parentId: old.id });
      await driver.appendMessage({
        mailboxId: below.id,
        raw: Buffer.from(letter({ subject: 'Moves along' })),
        keywords: [],
      });
      await driver.listMessages({ mailboxId: below.id, position: 0, limit: 50 });
      const renamed = await driver.renameMailbox({ mailboxId: old.id, name: 'New', parentId: null });
      expect(renamed.path).toBe('New');
      const all = await driver.listMailboxes({ counts: false });
      const moved = all.find(({ path }) => path === 'New / Below');
      expect(all.some(({ path }) => path.startsWith('Old'))).toBe(false);
      const { items } = await driver.listMessages({ mailboxId: moved?.id ?? '', position: 0, limit: 50 });
      expect(items.map(({ subject }) => subject)).toEqual(['Moves along']);
      await driver.deleteMailbox({ mailboxId: moved?.id ?? '' });
      await driver.deleteMailbox({ mailboxId: renamed.id });
      const left = await driver.listMailboxes({ counts: false });
      expect(left.filter(({ path, isSelectable }) => path.startsWith('New') && isSelectable)).toEqual([]);
      expect(await elsewhere.count()).toBe(0);
    });

    it.runIf(traits.localMailboxes)('a folder deleted with what is below it leaves its mail in Trash', async () => {
      const { driver } = await person();
      const old = await driver.createMailbox({ name: 'Old', parentId: null });
      const below = await driver.createMailbox({ name: 'Below', parentId: old.id });
      const append = (mailboxId: string, subject: string) =>
        driver.appendMessage({ mailboxId, raw: Buffer.from(letter({ subject })), keywords: ['$flagged'] });
      await append(old.id, 'upper');
      const id = (await append(below.id, 'lower')).id ?? '';
      await driver.deleteMailbox({ mailboxId: old.id });
      const all = await driver.listMailboxes({ counts: true });
      expect(all.filter(({ name }) => name === 'Old' || name === 'Below')).toEqual([]);
      const trash = all.find(({ role }) => role === 'trash');
      expect(trash?.totalMessages).toBe(2);
      const { items } = await driver.listMessages({ mailboxId: trash?.id ?? '', position: 0, limit: 50 });
      expect(items.map(({ subject, keywords }) => [subject, ...keywords]).sort()).toEqual([
        ['lower', '$flagged'],
        ['upper', '$flagged'],
      ]);
      expect((await driver.getMessage({ id })).mailboxId).toBe(trash?.id);
      // What is filed there from now on stays where it is.
      const results = await driver.moveMessages({ ids: [id], to: below.id });
      expect(results).toEqual([{ id, error: { code: 'notFound', detail: 'to' } }]);
      await expect(append(below.id, 'late')).rejects.toMatchObject({ code: 'notFound' });
    });

    it('subscribes and unsubscribes', async () => {
      const { driver } = await person();
      const { id } = await driver.createMailbox({ name: 'List', parentId: null });
      const isSubscribed = async () =>
        (await driver.listMailboxes({ counts: false })).find((mailbox) => mailbox.id === id)?.isSubscribed;
      expect(await isSubscribed()).toBe(true);
      await driver.createMailbox({ name: 'Other', parentId: null });
      await driver.subscribeMailbox({ mailboxId: id, isSubscribed: false });
      expect(await isSubscribed()).toBe(false);
      await driver.subscribeMailbox({ mailboxId: id, isSubscribed: true });
      expect(await isSubscribed()).toBe(true);
    });

    it('keeps the Inbox', async () => {
      const { driver, inboxId } = await person();
      await expect(driver.deleteMailbox({ mailboxId: inboxId })).rejects.toMatchObject({ code: 'invalid' });
      await expect(driver.renameMailbox({ mailboxId: inboxId, name: 'x', parentId: null })).rejects.toMatchObject({
        code: 'invalid',
      });
      await expect(driver.emptyMailbox({ mailboxId: inboxId })).rejects.toMatchObject({ code: 'invalid' });
    });

    it('empties Trash for good, and only what was there', async () => {
      const { driver } = await person();
      const made = traits.roles ? null : await driver.createMailbox({ name: 'Trash', parentId: null });
      const trash = made ?? (await driver.listMailboxes({ counts: false })).find(({ role }) => role === 'trash');
      const mailboxId = trash?.id ?? '';
      for (const subject of ['a', 'b', 'c'])
        await driver.appendMessage({ mailboxId, raw: Buffer.from(letter({ subject })), keywords: [] });
      expect(await driver.emptyMailbox({ mailboxId })).toEqual({ destroyed: 3 });
      expect((await driver.listMessages({ mailboxId, position: 0, limit: 50 })).total).toBe(0);
      expect(await driver.emptyMailbox({ mailboxId })).toEqual({ destroyed: 0 });
    });

    it.skipIf(traits.missesDeletion || traits.localMailboxes)(
      'says of a mailbox that others have deleted that it is not there',
      async () => {
        const { driver, elsewhere } = await person();
        const made = await driver.createMailbox({ name: 'Doomed', parentId: null });
        await driver.appendMessage({ mailboxId: made.id, raw: Buffer.from(letter()), keywords: [] });
        const { items } = await driver.listMessages({ mailboxId: made.id, position: 0, limit: 50 });
        const path = Buffer.from(made.id.slice(1), 'base64url').toString();
        await elsewhere.raw.command(`DELETE "${path}"`);
        await expect(driver.listMessages({ mailboxId: made.id, position: 0, limit: 50 })).rejects.toMatchObject({
          code: 'notFound',
        });
        await expect(driver.getMessage({ id: items[0]?.id ?? '' })).rejects.toMatchObject({ code: 'notFound' });
        const [flagged] = await driver.setKeywords({ ids: [items[0]?.id ?? ''], add: ['$seen'], remove: [] });
        expect(flagged?.error?.code).toBe('notFound');
      },
    );

    it.skipIf(traits.missesDeletion || traits.localMailboxes)(
      'says of an id of an earlier life of its mailbox that it is stale',
      async () => {
        const { driver, elsewhere } = await person();
        const made = await driver.createMailbox({ name: 'Again', parentId: null });
        const path = Buffer.from(made.id.slice(1), 'base64url').toString();
        const put = () => driver.appendMessage({ mailboxId: made.id, raw: Buffer.from(letter()), keywords: [] });
        await put();
        const before = await driver.listMessages({ mailboxId: made.id, position: 0, limit: 50 });
        const id = before.items[0]?.id ?? '';
        await elsewhere.raw.command(`DELETE "${path}"`);
        // UIDVALIDITY is of seconds on some servers.
        await new Promise((resolve) => setTimeout(resolve, 1100));
        await elsewhere.raw.command(`CREATE "${path}"`);
        await put();
        const after = await driver.listMessages({ mailboxId: made.id, position: 0, limit: 50 });
        expect(after.items.map((item) => item.id)).not.toContain(id);
        expect(after.state).not.toBe(before.state);
        await expect(driver.getMessage({ id })).rejects.toMatchObject({ code: 'stale' });
        const [moved] = await driver.moveMessages({ ids: [id], to: made.id });
        expect(moved?.error?.code).toBe('stale');
        const [destroyed] = await driver.destroyMessages({ ids: [id] });
        expect(destroyed?.error?.code).toBe('stale');
        expect(await elsewhere.count(path)).toBe(1);
      },
    );
  });

  describe.runIf(traits.watch)('watching', () => {
    it('tells new mail, flags and removals as they happen', async () => {
      const { driver, elsewhere, inboxId } = await person();
      await driver.listMessages({ mailboxId: inboxId, position: 0, limit: 50 });
      const stop = new AbortController();
      const kinds = new Map<string, () => void>();
      const told = (...wanted: string[]) =>
        new Promise<void>((resolve) => {
          for (const kind of wanted) kinds.set(kind, resolve);
        });
      const onChange = ({ mailboxId, kind }: { mailboxId: string; kind: string }) => {
        if (mailboxId === inboxId) kinds.get(kind)?.();
      };
      const ended = driver.watch({ mailboxId: inboxId, onChange }, { signal: stop.signal });
      const created = told('created', 'unknown');
      await elsewhere.deliver(letter({ subject: 'News' }));
      await created;
      const updated = told('updated');
      await elsewhere.raw.command('SELECT INBOX');
      await elsewhere.raw.command('STORE 1 +FLAGS (\\Flagged)');
      await updated;
      const destroyed = told('destroyed');
      await elsewhere.expunge('News');
      await destroyed;
      stop.abort();
      await ended;
    }, 30_000);
  });
}
