import type { Locator, Page } from '@playwright/test';

/** Draws a finger sideways over something, by so many px, and lifts it. */
export async function swipe(page: Page, over: Locator, by: number): Promise<void> {
  const box = await over.boundingBox();
  if (box === null) throw new Error('nothing to swipe over');
  const y = box.y + box.height / 2;
  const from = box.x + box.width / 2 - by / 2;
  const steps = 10;
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] });
  await touch('touchStart', from);
  for (let step = 1; step <= steps; step += 1) await touch('touchMove', from + (by * step) / steps);
  await touch('touchEnd');
  await finger.detach();
}

/** Rests a finger on something until `until` is so, then lifts it. */
export async function pressLong(page: Page, over: Locator, until: () => Promise<void>): Promise<void> {
  const box = await over.boundingBox();
  if (box === null) throw new Error('nothing to press');
  const finger = await page.context().newCDPSession(page);
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  await until();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await finger.detach();
}

/** The controls of the screen that a finger of 44 px, laid on their middle, does not hit with its whole width and height. */
export function smallTargets(within: Locator): Promise<string[]> {
  return within.evaluate(async (root) => {
    // What still moves in is not yet where it can be aimed at.
    const moves = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moves.map(({ finished }) => finished));
    // Just within 44 px: what is asked for at half a px is answered for the next one.
    const reach = 21;
    const found: string[] = [];
    for (const control of root.querySelectorAll<HTMLElement>('button, a[href], input, [role=row]')) {
      // Away from the edge of what scrolls, which cuts off a part of it.
      control.scrollIntoView({ block: 'center' });
      const box = control.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const isHere =
        control.checkVisibility({ opacityProperty: true }) && box.width > 1 && document.elementFromPoint(x, y) !== null;
      if (!isHere || !hits(control, x, y)) continue;
      const ways = [
        [0, -reach],
        [0, reach],
        [-reach, 0],
        [reach, 0],
      ] as const;
      if (ways.some(([dx, dy]) => !hits(control, x + dx, y + dy))) {
        const name = control.getAttribute('aria-label') ?? control.innerText.trim().slice(0, 30);
        found.push(`${control.localName} “${name}” ${Math.round(box.width)}×${Math.round(box.height)}`);
      }
    }
    return found;

    function hits(control: HTMLElement, x: number, y: number): boolean {
      // What lies at the very edge of the screen is reached over the edge.
      const at = document.elementFromPoint(
        Math.min(Math.max(x, 1), innerWidth - 1),
        Math.min(Math.max(y, 1), innerHeight - 1),
      );
      const label = control.closest('label');
      return at !== null && (control.contains(at) || (label?.contains(at) ?? false));
    }
  });
}
