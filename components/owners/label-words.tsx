'use client';

import type { ReactNode } from 'react';
import { MoreWords } from '@/components/ui/more-words';
import words from '@/messages/labels.en.json';

/** The words of choosing and managing labels, which come with it. */
export function LabelWords({ children }: { children: ReactNode }) {
  return <MoreWords words={words}>{children}</MoreWords>;
}
