'use client';

import { useEffect, useRef, useState } from 'react';
import type { BelievableSender } from '@/lib/client/reader/believable-sender';
import type { Shown } from '@/lib/client/reader/show-in-frame';
import type { RemoteImageRule } from '@/lib/contract/remote-images';

/** What is to become of the pictures of other servers that one message has. */
export interface PictureChoices {
  /** False: whoever runs Posthorn has turned them off. */
  isAllowed: boolean;
  isJunk: boolean;
  /** Until it is known whether there is a rule, nothing is asked. */
  isKnown: boolean;
  /** They are to be shown: once, or by a rule. */
  isWanted: boolean;
  /** Null: no rule can be made for this message. */
  sender: BelievableSender | null;
  rule: RemoteImageRule | null;
  showOnce: () => void;
  set: (rule: Pick<RemoteImageRule, 'kind' | 'name'>, choice: RemoteImageRule['choice']) => void;
  remove: (rule: Pick<RemoteImageRule, 'kind' | 'name'>) => void;
  /** Our addresses for these, by their own. */
  sign: (urls: string[]) => Promise<ReadonlyMap<string, string>>;
  onFailed: (error: unknown) => void;
}

/** A request names so many addresses at most, each so long; what is beyond stays held back. */
const most = { urls: 500, urlLength: 4_096 };

/** Shows what may be shown of these bodies once it is wanted, and tells which addresses were, and which of them did not come. */
export function useHeldPictures(bodies: readonly Shown[], { isWanted, sign, onFailed }: PictureChoices) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const begun = useRef(new WeakSet<Shown>());
  useEffect(() => {
    const fresh = isWanted ? bodies.filter((body) => !begun.current.has(body)) : [];
    const urls = new Set(fresh.flatMap(({ held }) => held.filter(isShown).map(({ url }) => url)));
    if (urls.size === 0) return;
    for (const body of fresh) begun.current.add(body);
    const add = (more: Iterable<string>) => (before: ReadonlySet<string>) => new Set([...before, ...more]);
    sign([...urls].slice(0, most.urls)).then(
      (hrefs) => {
        for (const body of fresh) body.showHeld(hrefs, (url) => setMissing(add([url])));
        setShown(add(hrefs.keys()));
      },
      (error: unknown) => {
        for (const body of fresh) begun.current.delete(body);
        onFailed(error);
      },
    );
  }, [bodies, isWanted, sign, onFailed]);
  return { shown, missing };
}

const isShown = ({ isShowable, url }: Shown['held'][number]) => isShowable && url.length <= most.urlLength;
