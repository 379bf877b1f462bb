import { expect, type Locator, type Page } from '@playwright/test';

/** What a person sees, by role and name. */
export function createScreen(page: Page) {
  const list = page.getByRole('grid', { name: 'Messages' });
  const rows = list.getByRole('row');
  const reader = page.getByRole('region', { name: 'Message', exact: true });
  const folders = page.getByRole('navigation', { name: 'Folders' });
  const toasts = page.locator('section[aria-live]');
  const row = (text: string | RegExp) => rows.filter({ hasText: text });
  const dialog = (name: string | RegExp) =>
    page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }));

  return {
    list,
    rows,
    row,
    reader,
    folders,
    toasts,
    dialog,
    subject: reader.getByRole('heading', { level: 2 }),
    /** The formatted text of the open message. */
    frame: page.frameLocator('iframe[title="Text of the message"]'),
    title: page.getByRole('heading', { level: 1 }),
    search: page.getByRole('textbox', { name: 'Search mail' }),
    folder: (name: string) =>
      folders.getByRole('link', { name: new RegExp(`^${escaped(name)}( [\\d+]+ (unread|drafts?))?$`) }),
    /** A button above the open message. */
    tool: (name: string) => reader.getByRole('toolbar').getByRole('button', { name, exact: true }),
    /** A button above the list while messages are chosen. */
    choice: (name: string) =>
      page.getByRole('toolbar', { name: /selected$/ }).getByRole('button', { name, exact: true }),
    menuItem: (name: string | RegExp) => page.getByRole('menuitem', { name }),
    choose: (text: string | RegExp) => row(text).getByRole('checkbox', { name: 'Choose' }).click(),
    undo: toasts.getByRole('button', { name: 'Undo' }),

    /** The list has its rows, or says that there are none, and the page hears keys and presses. */
    async isReady(): Promise<void> {
      const nothing = page.getByRole('main').getByRole('heading', { level: 2 });
      await expect(rows.first().or(nothing).first()).toBeVisible({ timeout: 15_000 });
      await page.waitForFunction(() => {
        const main = document.querySelector('main');
        return main !== null && Object.keys(main).some((key) => key.startsWith('__reactProps'));
      });
      // What React has taken over, it begins to listen to before it rests.
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    },
    /** Something over the page has gone, and the keys are the list's again. */
    async hasGone(name: string): Promise<void> {
      await expect(page.getByRole('dialog', { name, includeHidden: true })).toHaveCount(0);
    },
    async open(text: string | RegExp): Promise<void> {
      await row(text).click();
      await expect(reader.getByRole('heading', { level: 2 })).toContainText(text);
    },
    async goTo(folder: Locator): Promise<void> {
      await folder.click();
      await expect(folder).toHaveAttribute('aria-current', 'page');
    },
  };
}

export type MailScreen = ReturnType<typeof createScreen>;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
