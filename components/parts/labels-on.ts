import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { labelsOn, type ShownLabel } from '@/lib/client/labels/shown';
import type { Keyword, Label } from '@/lib/mail/model';

/** Gives the function that tells a message's labels from its keywords, those of Thunderbird by the words of the catalogue. */
export function useLabelsOn(): (keywords: readonly Keyword[], own: readonly Label[]) => ShownLabel[] {
  const t = useTranslations('labels.usual');
  return useCallback((keywords, own) => labelsOn(keywords, own, (keyword) => t(keyword.slice(1) as 'label1')), [t]);
}
