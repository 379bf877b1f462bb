'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { useWhen } from './use-when';

const morning = 8;
const longestMs = 365 * 24 * 3_600_000;

interface SendLaterProps {
  /** When it is to go as things stand; tomorrow where nothing was said. */
  at?: string;
  title?: string;
  confirm?: string;
  onClose: () => void;
  onChosen: (sendAt: string) => void;
}

/** When a message is to go: tomorrow, on Monday, or at a time of one's own, by the clock of this device. */
export function SendLater({ at, title, confirm, onClose, onChosen }: SendLaterProps) {
  const t = useTranslations('compose');
  const say = useWhen();
  const [own, setOwn] = useState(() => localOf(at === undefined ? morningIn(1) : new Date(at)));
  const chosen = new Date(own);
  const isPossible = chosen.getTime() > Date.now() && chosen.getTime() < Date.now() + longestMs;
  const presets = [
    { name: 'tomorrow', at: morningIn(1) },
    { name: 'monday', at: morningIn((8 - new Date().getDay()) % 7 || 7) },
  ] as const;
  return (
    <Dialog isOpen onClose={onClose} title={title ?? t('laterTitle')}>
      <form
        className="space-y-3 px-5 pt-2 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPossible) onChosen(chosen.toISOString());
        }}
      >
        {presets.map(({ name, at }) => (
          <Button key={name} size="large" className="w-full justify-start!" onClick={() => onChosen(at.toISOString())}>
            {t(name, { when: say(at) })}
          </Button>
        ))}
        <TextField
          label={t('laterWhen')}
          type="datetime-local"
          value={own}
          hint={t('laterZone', { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone })}
          error={isPossible ? undefined : t('laterPast')}
          onChange={(event) => setOwn(event.target.value)}
        />
        <div className="flex justify-end">
          <Button look="primary" type="submit" disabled={!isPossible}>
            {confirm ?? t('laterConfirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function morningIn(days: number): Date {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(morning, 0, 0, 0);
  return at;
}

/** As the field has it: the device's own time, without a zone. */
function localOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
