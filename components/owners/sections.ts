'use client';

import { useTranslations } from 'use-intl';
import { useNow } from '@/lib/client/app/now';
import { sectionOf } from '@/lib/client/format/when';
import type { ShownList } from '@/lib/client/list/shown-list';

/**
 * Where a stretch of time begins. Rows are all of one height, so that 100,000 of them have a true scrollbar: the label
 * stands on the upper edge of the first row of its day, and the topmost row's day above the list.
 */
export function useSections(shown: ShownList, isOn: boolean) {
  const now = useNow();
  const t = useTranslations('list');
  const name = (index: number): string | null => {
    const row = shown.at(index);
    if (row === undefined || now === null) return null;
    const section = sectionOf(row.receivedAt, now);
    return section === 'today' || section === 'yesterday' ? t(section) : section;
  };
  return {
    /** The section of the topmost row. */
    top: (index: number) => (isOn ? name(index) : null),
    /** The section that begins at this row. */
    at(index: number): string | null {
      if (!isOn || index === 0) return null;
      const [here, above] = [name(index), name(index - 1)];
      return here === null || above === null || here === above ? null : here;
    },
  };
}
