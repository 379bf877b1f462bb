import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '@/lib/client/api';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities, useSettings } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { queryKeys } from '@/lib/client/query-keys';
import { countEarlierLines, type EarlierLines, earlierLines } from '@/lib/client/reader/earlier-lines';
import type { Message, MessageSummary } from '@/lib/mail/model';
import type { ThreadView } from './conversation';

/** The open conversation with what belongs to it in other folders. */
export interface Relatives {
  /** The view with all of them, oldest first. */
  view: ThreadView;
  /** Those of other folders. */
  foreign: readonly MessageSummary[];
  earlier: EarlierLines;
  /** The folder's own are more than the open message. */
  isThread: boolean;
  /** What will come is not here yet. */
  isLooking: boolean;
  hasFailed: boolean;
  /** The ids of folders that did not answer in time. */
  notLookedAt: readonly string[];
  /** Looks again, with more patience. */
  look(): void;
  /** Shows all of the earlier ones. */
  unfold(): void;
}

/** A message that is only passed by asks nothing of other folders. */
const restMs = 250;
const freshMs = 60_000;
/** So many lines are kept for what is on its way. */
const mostKept = 3;

/** Asked once the folder's own stand there; what comes then moves nothing that is read (`earlierLines`). */
export function useRelatives(
  accountId: string,
  own: ThreadView | undefined,
  { message, summary }: { message: Message | undefined; summary: MessageSummary | undefined },
): Relatives | undefined {
  const app = useMail();
  const { spansMailboxes } = useSettings();
  const { threads } = useCapabilities();
  const isWanted = spansMailboxes && threads;
  const openId = own?.openId ?? '';
  const threadId = own?.items[0]?.threadId ?? openId;
  const [isPatient, setPatient] = useState(false);
  const rested = useRested(openId);
  const { data, isPending, isError, isFetching, refetch } = useQuery({
    queryKey: [...queryKeys.relatives(accountId), threadId, isPatient],
    queryFn: ({ signal }) =>
      call('findRelatives', {
        params: { accountId, messageId: openId },
        query: isPatient ? { patient: 'true' } : {},
        signal,
      }),
    enabled: isWanted && own !== undefined && rested === openId,
    staleTime: freshMs,
    // The same conversation, looked for with more patience: what is known stands.
    placeholderData: (before, query) => (query?.queryKey[2] === threadId ? before : undefined),
  });
  const changes = useValue(app.pendingOf(accountId));
  const [unfolded, setUnfolded] = useState('');
  const known = isWanted ? data : undefined;
  const here = new Set(own?.items.map(({ id }) => id));
  const foreign = (known?.items ?? []).filter(
    ({ id }) => !here.has(id) && !changes.some(({ kind, ids }) => kind === 'remove' && ids.has(id)),
  );
  const first = useFirst(openId, own === undefined ? undefined : known === undefined ? null : foreign);
  if (own === undefined) return undefined;
  const all = foreign.length === 0 ? own.items : [...own.items, ...foreign].sort(byDate);
  const before = (items: readonly MessageSummary[]) =>
    items.slice(
      0,
      items.findIndex(({ id }) => id === openId),
    );
  const earlierOwn = before(own.items);
  const kept = isWanted ? linesKept(summary, message) : 0;
  const lines =
    unfolded === openId
      ? null
      : first === null
        ? countEarlierLines(earlierOwn, own.opened) + kept
        : countEarlierLines(before([...own.items, ...first].sort(byDate)), own.opened);
  const earlier = earlierLines({ own: earlierOwn, all: before(all), opened: own.opened, lines });
  return {
    view: { ...own, items: all },
    foreign,
    // What was known from the start keeps no room for what has gone since.
    earlier: first === null ? earlier : { ...earlier, spare: 0 },
    isThread: own.items.length > 1,
    isLooking: isWanted && (isPending || (isFetching && known === undefined)),
    hasFailed: isWanted && isError,
    notLookedAt: known?.notLookedAt ?? [],
    look() {
      if (isPatient || isError) void refetch();
      setPatient(true);
    },
    unfold: () => setUnfolded(openId),
  };
}

/** How many lines stand free above the open message until it is known what is elsewhere: one for each that is answered and not here. */
export function linesKept(summary: MessageSummary | undefined, message: Message | undefined): number {
  const { thread } = summary ?? {};
  const absent = thread === undefined ? Math.min(1, message?.inReplyTo.length ?? 0) : (thread.absent ?? 0);
  return Math.min(mostKept, absent);
}

const byDate = (a: MessageSummary, b: MessageSummary): number =>
  a.receivedAt.localeCompare(b.receivedAt) || (a.sentAt ?? '').localeCompare(b.sentAt ?? '');

/** What was known when the message came on the screen, or null where it was still to come. */
function useFirst(openId: string, now: readonly MessageSummary[] | null | undefined) {
  const [first, setFirst] = useState<{ openId: string; known: readonly MessageSummary[] | null }>();
  if (first?.openId === openId) return first.known;
  if (now !== undefined) setFirst({ openId, known: now });
  return now ?? null;
}

/** The message, once it has stayed open for a moment. */
function useRested(openId: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(openId), restMs);
    return () => clearTimeout(timer);
  }, [openId]);
  return rested;
}
