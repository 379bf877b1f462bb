'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Segmented } from '@/components/ui/segmented';
import { useMail } from '@/lib/client/app/context';
import { useValue } from '@/lib/client/app/value';
import type { NoticeWish } from '@/lib/client/notices/wish';
import { canNotify } from '@/lib/client/notices/worker';

const wishes: readonly NoticeWish[] = ['off', 'quiet', 'sound'];

/** Whether this device shows notices of new mail. The browser is asked with the first wish for them. */
export function NoticeChoice() {
  const t = useTranslations('notices');
  const { notices } = useMail().device;
  const wish = useValue(notices);
  const [isRefused, setRefused] = useState(() => canNotify() && Notification.permission === 'denied');
  if (!canNotify()) return <p className="text-ink-muted text-list">{t('impossible')}</p>;
  const choose = async (wanted: NoticeWish) => {
    const permission = wanted === 'off' ? 'granted' : await Notification.requestPermission();
    setRefused(permission === 'denied');
    if (permission === 'granted') notices.set(wanted);
  };
  return (
    <div>
      <Segmented
        label={t('title')}
        value={isRefused ? 'off' : wish}
        options={wishes.map((value) => ({ value, label: t(`wish.${value}`) }))}
        onChange={(wanted) => void choose(wanted)}
      />
      {isRefused && <p className="mt-1.5 text-danger text-meta">{t('refused')}</p>}
    </div>
  );
}
