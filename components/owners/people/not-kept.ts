'use client';

import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { asApiError } from '@/lib/client/api-error';
import { sentenceOf } from '../sentence-of';

/** Tells that a change was not kept, and why. */
export function useNotKept(): (thrown: unknown) => void {
  const t = useTranslations('people');
  const words = useTranslations('actions');
  return (thrown) => {
    const { code, serverText } = asApiError(thrown);
    toast({ tone: 'problem', text: t('notKept'), detail: serverText ?? sentenceOf(words, code).title });
  };
}
