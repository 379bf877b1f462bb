'use client';

import { useEffect } from 'react';
import { markFound } from '@/lib/client/search/mark-found';
import { maxQueryLength, parseQuery, wordsOf } from '@/lib/mail/query';

/** Marks the words of a search in what it found, while it is shown. */
export function FoundWords({ query }: { query: string }) {
  useEffect(() => {
    // What is too long to be asked has found nothing.
    if (query.length <= maxQueryLength) return markFound(wordsOf(parseQuery(query)));
  }, [query]);
  return null;
}
