'use client';

import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { Dialog } from './dialog';

export interface Question {
  title: string;
  /** One sentence: what will happen, and what not. */
  text: string;
  confirm: string;
  /** What a no is called, where it is no way back. */
  decline?: string;
  isDestructive?: boolean;
}

let asked: { question: Question; answer: (isYes: boolean) => void } | null = null;
const listeners = new Set<() => void>();

/** Asks once, in a dialog; gives true when confirmed. A later question takes the place of an open one, which is then a no. */
export function ask(question: Question): Promise<boolean> {
  asked?.answer(false);
  return new Promise((resolve) => {
    show({ question, answer: resolve });
  });
}

/** Mounted once, in the layout. The safe answer has the focus. */
export function QuestionHost() {
  const t = useTranslations('common');
  const now = useSyncExternalStore(subscribe, current, nothing);
  const answer = (isYes: boolean) => {
    now?.answer(isYes);
    show(null);
  };
  return (
    <Dialog
      isOpen={now !== null}
      role="alertdialog"
      kind="bare"
      title={now?.question.title ?? ''}
      onClose={() => answer(false)}
      className="max-w-[min(26rem,calc(100vw-2rem))]"
    >
      <div className="p-5">
        <p aria-hidden="true" className="font-semibold text-title">
          {now?.question.title}
        </p>
        <p className="mt-1.5 text-ink-2">{now?.question.text}</p>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button autoFocus onClick={() => answer(false)}>
            {now?.question.decline ?? t('cancel')}
          </Button>
          <Button look={now?.question.isDestructive === true ? 'danger' : 'primary'} onClick={() => answer(true)}>
            {now?.question.confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const current = () => asked;
const nothing = () => null;

function show(next: typeof asked) {
  asked = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
