'use client';

import type { ReactNode } from 'react';
import { MoreWords } from '@/components/ui/more-words';
import words from '@/messages/searches.en.json';

/** The words of kept searches, which come with them. */
export function SearchWords({ children }: { children: ReactNode }) {
  return <MoreWords words={words}>{children}</MoreWords>;
}
