'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import { useSession } from '@/lib/client/app/hooks';
import { forgetOnDevice, heldDrafts, type Kept, keptOnDevice, ownerOf } from '@/lib/client/compose/device';
import { openComposer } from '@/lib/client/compose/panels';
import { displayText } from '@/lib/text/bidi';
import { useWhen } from './use-when';

const undoMs = 8_000;

/** What an earlier sitting did not end: a crash, a reload, a sign-in that expired. Offered, never opened by itself. */
export function KeptDrafts() {
  const app = useMail();
  const t = useTranslations('compose');
  const common = useTranslations('common');
  const when = useWhen();
  const { accounts, username } = useSession();
  const [kept, setKept] = useState<Kept[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page begins
  useEffect(() => {
    const owners = accounts.filter(({ sending }) => sending !== null).map(({ id }) => ownerOf(username, id));
    // Where the browser forbids storage there is nothing to offer.
    Promise.all([heldDrafts(), ...owners.map(keptOnDevice)]).then(
      ([isHeld, ...all]) => setKept((all as Kept[][]).flat().filter(({ written }) => !isHeld(written.messageId))),
      () => setKept([]),
    );
  }, []);
  const [first] = kept;
  if (first === undefined) return null;
  const { owner, written, savedAt } = first;
  const leave = () => setKept((all) => all.filter((one) => one !== first));
  const subject = displayText(written.subject) || t('title');
  return (
    <section
      aria-label={t('keptTitle', { subject })}
      className="float-in fixed end-6 bottom-6 z-30 w-80 rounded-box border border-line bg-raised p-4 shadow-float max-md:inset-x-3 max-md:bottom-[calc(var(--safe-bottom)+5rem)] max-md:w-auto"
    >
      <p className="font-semibold [overflow-wrap:anywhere]">{t('keptTitle', { subject })}</p>
      <p className="mt-0.5 text-ink-2 text-list">{t('keptText', { when: when(savedAt) })}</p>
      <div className="mt-3 flex justify-end gap-2">
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            leave();
            const timer = setTimeout(() => void forgetOnDevice(owner, written.messageId), undoMs);
            const onPress = () => {
              clearTimeout(timer);
              setKept((all) => [first, ...all]);
            };
            toast({
              text: t('keptDiscarded'),
              durationMs: undoMs,
              key: 'compose',
              action: { label: common('undo'), onPress },
            });
          }}
        >
          {t('keptDiscard')}
        </Button>
        <Button
          size="small"
          look="primary"
          onClick={() => {
            leave();
            openComposer(app, { kind: 'written', written });
          }}
        >
          {t('keptOpen')}
        </Button>
      </div>
    </section>
  );
}
