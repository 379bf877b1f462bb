import { letter } from '../lib/mail/testing/letters.ts';
import { expect, test } from './fixture.ts';

test('new mail is told by the desktop while nobody looks, and a press files it or shows it', async ({
  page,
  context,
  person,
  mail,
  enter,
}) => {
  await context.grantPermissions(['notifications']);
  await person.elsewhere.deliver(letter({ subject: 'Known before' }));
  await enter(person);
  await page.keyboard.press(',');
  await page.getByRole('group', { name: 'Notices of new mail' }).getByRole('radio', { name: 'Quiet' }).click();
  await page.keyboard.press('Escape');
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  // A page that the person looks at tells by itself; the worker asks the browser which those are.
  await worker.evaluate(() => {
    const { clients } = globalThis as unknown as { clients: { matchAll(): Promise<object[]> } };
    const all = clients.matchAll.bind(clients);
    Object.assign(clients, {
      matchAll: async (...asked: []) =>
        (await all(...asked)).map(
          (client) => new Proxy(client, { get: (of, name) => (name === 'focused' ? false : bound(of, name)) }),
        ),
    });
    const bound = (of: object, name: string | symbol) => {
      const value = Reflect.get(of, name);
      return typeof value === 'function' ? value.bind(of) : value;
    };
  });
  const notices = () =>
    worker.evaluate(async () => {
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`).sort();
    });
  const press = (action: string, body: string) =>
    worker.evaluate(
      async ([wanted, text]) => {
        const scope = globalThis as unknown as {
          registration: ServiceWorkerRegistration;
          NotificationEvent: new (type: string, init: object) => Event;
          dispatchEvent(event: Event): void;
        };
        const notification = (await scope.registration.getNotifications()).find((one) => one.body === text);
        scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification, action: wanted }));
      },
      [action, body] as const,
    );

  await person.elsewhere.deliver(letter({ subject: 'The tide table', from: 'Marta <marta@example.org>' }));
  await expect.poll(notices).toEqual(['Marta: The tide table']);
  await person.elsewhere.deliver(letter({ subject: 'Read elsewhere' }), { flags: '\\Seen' });
  await person.elsewhere.deliver(letter({ subject: 'The ferry', from: 'Jon <jon@example.org>' }));
  await expect.poll(notices).toEqual(['Jon: The ferry', 'Marta: The tide table']);

  await press('archive', 'The tide table');
  await expect.poll(() => person.elsewhere.flagsOf('The tide table', 'Archive')).not.toBeNull();
  await press('read', 'The ferry');
  await expect.poll(() => person.elsewhere.flagsOf('The ferry')).toContain('\\Seen');
  await expect.poll(notices).toEqual([]);

  await person.elsewhere.deliver(letter({ subject: 'Supper', from: 'Ann <ann@example.org>' }));
  await expect.poll(notices).toEqual(['Ann: Supper']);
  await press('', 'Supper');
  await expect(mail.subject).toHaveText('Supper');
});
