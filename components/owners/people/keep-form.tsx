'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useNotKept } from './not-kept';

interface KeepFormProps {
  title: string;
  className?: string;
  /** Whether it can be kept as it is. */
  isGood: boolean;
  keep: () => Promise<void>;
  /** Gives true where the form itself says what failed. */
  isToldHere?: (thrown: unknown) => boolean;
  onClose: () => void;
  /** `hasTried`: it was to be kept, so that what is missing is marked. */
  children: (hasTried: boolean) => ReactNode;
}

/** Something as it is written, in a dialog that closes once it is kept. */
export function KeepForm({ title, className, isGood, keep, isToldHere, onClose, children }: KeepFormProps) {
  const words = useTranslations('people');
  const notKept = useNotKept();
  const [hasTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isGood) return;
    setBusy(true);
    keep()
      .then(onClose)
      .catch((thrown: unknown) => {
        if (isToldHere?.(thrown) !== true) notKept(thrown);
      })
      .finally(() => setBusy(false));
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} {...(className === undefined ? {} : { className })}>
      <form onSubmit={submit} noValidate className="space-y-4 px-5 pt-2 pb-5">
        {children(hasTried)}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {words('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
