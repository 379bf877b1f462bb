import { LRUCache } from 'lru-cache';
import { live } from '../live.ts';
import type { Place } from './reader.ts';

/** Within so many rows behind a known place one walks on from it. */
const reach = 400;
const every = 50;

const known = live('united places', () => new LRUCache<string, Place>({ max: 5_000, ttl: 30 * 60_000 }));

/** The places that lists of one view have come by: scrolling on then costs a window of each account. */
export interface Places {
  /** The nearest known one that is not behind `position`; the very beginning is always known. Null: none near enough. */
  before(position: number): Place | null;
  keep(places: readonly Place[]): void;
}

export function placesOf(sessionId: string, view: unknown, sources: number): Places {
  const name = `${sessionId} ${JSON.stringify(view)}`;
  const none = Array.from({ length: sources });
  const beginning: Place = { position: 0, offsets: none.map(() => 0), anchors: none.map(() => null) };
  return {
    before(position) {
      const exact = known.get(`${name} ${position}`);
      if (exact !== undefined) return exact;
      for (let at = Math.floor(position / every) * every; at > 0 && at >= position - reach; at -= every) {
        const place = known.get(`${name} ${at}`);
        if (place !== undefined) return place;
      }
      return position <= reach ? beginning : null;
    },
    keep(places) {
      for (const place of places) known.set(`${name} ${place.position}`, place);
    },
  };
}
