'use client';

import { useMailLocation, useSettings } from '@/lib/client/app/hooks';
import { labelQuery } from '@/lib/client/labels/query';
import type { Label } from '@/lib/mail/model';

/** The label whose messages are listed: what the search is for, where it is for nothing else. */
export function useShownLabel(): Label | undefined {
  const { query, scope } = useMailLocation();
  const { labels } = useSettings();
  return scope === 'account' ? labels.find((label) => labelQuery(label) === query) : undefined;
}
