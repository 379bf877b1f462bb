import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Reply } from '../../mail/testing/submission-server.ts';
import { databases } from '../../store/testing/databases.ts';
import { type Desk, openDesk, type Writer } from './testing/desk.ts';
import { wakeSubmissions } from './worker.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
const to = [{ name: null, email: bob }];
const day = 86_400_000;

describe.each(databases)('a clock that jumps, on $name', (database) => {
  let desk: Desk;
  let writer: Writer;
  let reply: Reply | null = null;
  let onWhole = async () => {};
  beforeAll(async () => {
    const smtp = {
      afterData: () => reply,
      onStep: async (step: string) => (step === 'whole' ? await onWhole() : undefined),
    };
    desk = await openDesk({ database, usernames: [ann, bob], smtp });
    writer = await desk.signIn(ann);
  });
  afterEach(() => {
    vi.useRealTimers();
    reply = null;
    onWhole = async () => {};
    desk.smtp.received.length = 0;
  });
  afterAll(async () => desk?.close());

  /** The time of day alone stands still, and goes where it is put; timers go on. */
  function holdClock() {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    return {
      jump(ms: number) {
        vi.setSystemTime(Date.now() + ms);
        wakeSubmissions();
      },
    };
  }
  const isFiled = async (id: string) => void (await writer.reached(id, ['filed']));
  const sent = () => desk.smtp.received.filter(({ raw }) => raw.includes('Subject: Tide')).length;
  /** How many have gone out once the worker has looked, and done all that it found: another message has gone its whole way. */
  const sentByNow = async () => {
    await isFiled((await writer.send({ to, subject: 'the control' })).id);
    return sent();
  };

  test.each([
    ['ahead', day],
    ['back', -day],
  ])('%s while a message goes out sends it once', async (_, ms) => {
    const clock = holdClock();
    let goOn = () => {};
    const isGoing = new Promise<void>((begun) => {
      onWhole = () => {
        onWhole = async () => {};
        begun();
        return new Promise<void>((resolve) => {
          goOn = resolve;
        });
      };
    });
    const { id } = await writer.send({ to });
    await isGoing;
    clock.jump(ms);
    expect(await sentByNow()).toBe(1);
    goOn();
    await isFiled(id);
    expect(await sentByNow()).toBe(1);
  });

  test('back leaves Undo its seconds, and no day more', async () => {
    const clock = holdClock();
    const { id } = await writer.send({ to }, { holdMs: 10_000 });
    clock.jump(-day);
    expect(await sentByNow()).toBe(0);
    clock.jump(10_000);
    await isFiled(id);
    expect(sent()).toBe(1);
  });

  test.each([
    ['back', -day, 70_000],
    ['ahead', day, 0],
  ])('%s leaves the next try where it was', async (_, ms, waitMs) => {
    const clock = holdClock();
    reply = { code: 451, text: '4.3.0 later' };
    const { id } = await writer.send({ to });
    await expect.poll(async () => (await writer.submission(id)).attempts, { timeout: 10_000 }).toBe(1);
    reply = null;
    expect(await sentByNow()).toBe(0);
    clock.jump(ms);
    if (waitMs > 0) expect(await sentByNow()).toBe(0);
    clock.jump(waitMs);
    await isFiled(id);
    expect(sent()).toBe(1);
  });

  test('back or ahead keeps the date that a message was to go at', async () => {
    const clock = holdClock();
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id, dueAt } = await writer.send({ to }, { sendAt });
    clock.jump(-day);
    expect(await sentByNow()).toBe(0);
    expect((await writer.submission(id)).dueAt).toBe(dueAt);
    clock.jump(day + 3_000_000);
    expect(await sentByNow()).toBe(0);
    clock.jump(day);
    await isFiled(id);
    expect(sent()).toBe(1);
  });
});
