import type { MessageSummary } from '../../mail/model.ts';

/** What stands above the open message. */
export interface EarlierLines {
  /** So many of the oldest are behind one line that opens them. */
  folded: number;
  shown: readonly MessageSummary[];
  /** Lines that were kept and are not needed. */
  spare: number;
  /** So many found no room: their line stands below the message. */
  below: number;
}

interface Asked {
  /** Those of the folder, oldest first. */
  own: readonly MessageSummary[];
  /** The same with those of other folders. */
  all: readonly MessageSummary[];
  /** Those that are read in place, and are never folded. */
  opened: ReadonlySet<string>;
  /** So many lines stand there already; null: all are wanted. */
  lines: number | null;
}

/** So many of the earlier ones stand there before someone asks for all. */
const shownEarlier = 4;

/** What comes late takes only the lines that stand there: the message below them must not move. */
export function earlierLines({ own, all, opened, lines }: Asked): EarlierLines {
  if (lines === null) return folding(all, 0);
  const tooMany = all.length > lines ? all.length - lines + 1 : 0;
  if (lines > 0 && tooMany <= firstOpen(all, opened)) {
    const shown = folding(all, Math.max(tooMany, usuallyFolded(all, opened)));
    return { ...shown, spare: lines - linesOf(shown) };
  }
  const alone = folding(own, usuallyFolded(own, opened));
  return { ...alone, spare: Math.max(0, lines - linesOf(alone)), below: all.length - own.length };
}

/** How many lines these take by themselves. */
export const countEarlierLines = (all: readonly MessageSummary[], opened: ReadonlySet<string>): number =>
  linesOf(folding(all, usuallyFolded(all, opened)));

const linesOf = ({ folded, shown }: EarlierLines): number => shown.length + (folded > 0 ? 1 : 0);

const folding = (all: readonly MessageSummary[], folded: number): EarlierLines => ({
  folded,
  shown: all.slice(folded),
  spare: 0,
  below: 0,
});

/** One alone is not folded: the line that opens it would take its place. */
function usuallyFolded(all: readonly MessageSummary[], opened: ReadonlySet<string>): number {
  const folded = Math.min(Math.max(0, all.length - shownEarlier), firstOpen(all, opened));
  return folded > 1 ? folded : 0;
}

function firstOpen(all: readonly MessageSummary[], opened: ReadonlySet<string>): number {
  const at = all.findIndex(({ id }) => opened.has(id));
  return at === -1 ? all.length : at;
}
