'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { withoutDoubles } from '@/lib/client/compose/answer';
import { faultOf, formatRecipient, parseRecipients } from '@/lib/client/compose/recipients';
import type { EmailAddress } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { useRecipientCompletion } from '../people/recipient-completion';

interface RecipientsFieldProps {
  label: string;
  people: EmailAddress[];
  onChange: (people: EmailAddress[]) => void;
  hasFocus?: boolean;
  /** Buttons at the end of the line. */
  end?: ReactNode;
}

/** People as chips in one line of text: typed, pasted, taken back into the text to be mended. */
export function RecipientsField({ label, people, onChange, hasFocus = false, end }: RecipientsFieldProps) {
  const t = useTranslations('compose');
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const faulty = people.find((person) => faultOf(person) !== null);

  const add = (typed: string) => {
    const found = parseRecipients(typed);
    if (found.length > 0) onChange(withoutDoubles([...people, ...found]));
    setText('');
  };
  const completion = useRecipientCompletion(text, (chosen) => {
    onChange(withoutDoubles([...people, ...chosen]));
    setText('');
    field.current?.focus();
  });
  const remove = (at: number) => {
    onChange(people.filter((_, index) => index !== at));
    field.current?.focus();
  };
  const mend = (at: number) => {
    const person = people[at];
    if (person === undefined) return;
    if (text.trim() !== '') add(text);
    setText(formatRecipient(person));
    remove(at);
  };
  const chips = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])];

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (completion.press(event)) return;
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const isEnd = event.key === 'Enter' || event.key === 'Tab' || (/[,;]/.test(event.key) && !/"[^"]*$/.test(text));
    if (isEnd && text.trim() !== '' && !event.ctrlKey && !event.metaKey) {
      if (event.key !== 'Tab') event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && isAtStart && people.length > 0) {
      event.preventDefault();
      chips().at(-1)?.focus();
    } else if (event.key === 'ArrowLeft' && isAtStart) chips().at(-1)?.focus();
  }
  function pressChip(event: KeyboardEvent<HTMLElement>, at: number) {
    const all = chips();
    const go = (to: HTMLElement | null | undefined) => {
      event.preventDefault();
      to?.focus();
    };
    if (event.key === 'ArrowLeft') go(all[at - 1]);
    else if (event.key === 'ArrowRight') go(all[at + 1] ?? field.current);
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault();
      remove(at);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      mend(at);
    }
  }

  return (
    <div className="relative border-line border-b px-4 touch:min-h-12">
      <div className="flex items-start gap-2">
        <label htmlFor={id} className="shrink-0 py-2 text-ink-muted text-list touch:py-3.5">
          {label}
        </label>
        <div ref={box} className="flex min-w-0 flex-1 flex-wrap items-center gap-1 py-1 touch:py-1.5">
          {people.map((person, at) => (
            <span
              key={person.email}
              className={classes(
                'inline-flex max-w-full items-center rounded-full border text-list',
                faultOf(person) === null ? 'border-line bg-panel text-ink' : 'border-danger bg-danger-wash text-danger',
              )}
            >
              <button
                type="button"
                data-chip=""
                title={person.email}
                onClick={() => mend(at)}
                onKeyDown={(event) => pressChip(event, at)}
                className="min-w-0 truncate rounded-s-full py-0.5 ps-2.5 pe-1 touch:py-2"
              >
                <bdi>{displayText(person.name ?? person.email)}</bdi>
              </button>
              <button
                type="button"
                tabIndex={-1}
                aria-label={t('removeRecipient', { name: person.name ?? person.email })}
                onClick={() => remove(at)}
                className="grid size-6 place-items-center rounded-full text-ink-muted hover:text-ink touch:size-9"
              >
                <X size={13} />
              </button>
            </span>
          ))}
          <input
            ref={field}
            id={id}
            type="text"
            inputMode="email"
            autoComplete="off"
            {...completion.field}
            autoCapitalize="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: whoever opens a composer writes to somebody first
            autoFocus={hasFocus}
            value={text}
            aria-invalid={faulty !== undefined || undefined}
            aria-describedby={faulty === undefined ? undefined : `${id}-fault`}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={press}
            onBlur={() => text.trim() !== '' && add(text)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              if (!/[,;\n@]/.test(pasted)) return;
              event.preventDefault();
              add(`${text}${pasted}`);
            }}
            className={classes(
              'h-7 flex-1 bg-transparent text-base outline-none touch:h-9 touch:text-title',
              // A caret has room beside the last chip; words do not, and take a line of their own.
              people.length > 0 && text === '' ? 'w-px min-w-px' : 'min-w-24',
            )}
          />
        </div>
        {end !== undefined && <div className="flex shrink-0 py-1">{end}</div>}
      </div>
      {completion.list}
      {faulty !== undefined && (
        <p id={`${id}-fault`} className="pb-1.5 text-danger text-meta">
          {t(`faults.${faultOf(faulty) ?? 'incomplete'}`, { email: displayText(faulty.email) })}
        </p>
      )}
    </div>
  );
}
