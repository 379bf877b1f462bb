/**
 * A time as a calendar has it. `day`: a whole day, `floating`: whatever the clock on the wall says, both as if in UTC.
 * `instant`: a moment; `wallMs` is what the sender's clock says then, as if in UTC, and `zone` how the sender calls it.
 */
export type Moment =
  | { kind: 'day'; wallMs: number }
  | { kind: 'floating'; wallMs: number; zone: string | null }
  | { kind: 'instant'; ms: number; wallMs: number | null; zone: string | null };

/** Whether Intl knows this zone by name (IANA). */
export function isKnownZone(name: string): boolean {
  // An offset would do as a name too, and is none.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the clocks of a zone are ahead of UTC at a moment, in milliseconds; whole minutes. */
export function zoneOffsetMs(zone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', era: 'short' },
  }).formatToParts(ms);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = new Date(0);
  wall.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'));
  return wall.getTime() - Math.floor(ms / 60_000) * 60_000;
}

/** The moment at which the clocks of a zone say this; of an hour that comes twice the first, one that is skipped moves on. */
export function momentOfWall(wallMs: number, zone: string): number {
  const before = zoneOffsetMs(zone, wallMs - 86_400_000);
  const first = wallMs - before;
  if (zoneOffsetMs(zone, first) === before) return first;
  const after = zoneOffsetMs(zone, wallMs + 86_400_000);
  const second = wallMs - after;
  return zoneOffsetMs(zone, second) === after ? second : first;
}
