'use client';

import { useState } from 'react';
import { useLabelsOn } from '@/components/parts/labels-on';
import { useMail } from '@/lib/client/app/context';
import { useSettings } from '@/lib/client/app/hooks';
import type { Overlay } from '@/lib/client/app/mail-app';
import { type ShownLabel, usualLabels } from '@/lib/client/labels/shown';
import { currentIds, subjectsOf } from './commands/subject';

/** How many of the messages have a label. */
export type HowMany = 'all' | 'some' | 'none';

/** The labels that some messages can be given, and which of them they have; what is chosen shows at once. */
export function useLabelChoice({ ids, onChosen }: Extract<Overlay, { type: 'label' }>, isSearching: boolean) {
  const app = useMail();
  const { labels: own } = useSettings();
  const labelsOn = useLabelsOn();
  // As they were when it was asked: meanwhile only this changes them.
  const [{ count, keywords }] = useState(() => {
    const subjects = subjectsOf(app, ids ?? currentIds(app)).map(({ subject }) => subject);
    const rows = subjects.flatMap((subject) => [...subject.rows.values()]);
    return {
      count: subjects.reduce((sum, subject) => sum + subject.ids.length, 0),
      keywords: rows.map((row) => row.keywords),
    };
  });
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const others = [...keywords.flat(), ...(isSearching ? usualLabels.map(({ keyword }) => keyword) : [])];
  const offered = labelsOn([...own.map(({ keyword }) => keyword), ...new Set(others)], own);
  const howMany = ({ keyword }: ShownLabel): HowMany => {
    const isSet = changed.get(keyword);
    if (isSet !== undefined) return isSet ? 'all' : 'none';
    const having = keywords.filter((words) => words.includes(keyword)).length;
    // Of "all 20,000" most are not seen here.
    return having === 0 ? 'none' : having === count && ids !== null ? 'all' : 'some';
  };
  const toggle = (label: ShownLabel) => {
    const isSet = howMany(label) !== 'all';
    setChanged(new Map([...changed, [label.keyword, isSet]]));
    onChosen({ keyword: label.keyword, name: label.name, isSet });
  };
  return { offered, howMany, toggle };
}
