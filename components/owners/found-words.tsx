'use client';

import { useEffect } from 'react';
import { markFound } from '@/lib/client/search/mark-found';
import { parseQuery, wordsOf } from '@/lib/mail/query';

/** Marks the words of a search in what it found, while it is shown. */
export function FoundWords({ query }: { query: string }) {
  useEffect(() => markFound(wordsOf(parseQuery(query))), [query]);
  return null;
}
