'use client';

import { ChevronDown, Ellipsis, Paperclip, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { IconButton } from '@/components/ui/icon-button';
import { type MenuEntry, useMenuButton } from '@/components/ui/menu';
import { ask } from '@/components/ui/question';
import { useValue } from '@/lib/client/app/value';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { htmlOfText, textOfHtml } from '@/lib/client/compose/html';
import { sentences } from '@/lib/contract/sentences';
import { TemplatePicker } from '../people/template-picker';
import { plainByDefault } from './plain-by-default';
import { SendLater } from './send-later';
import type { Sending } from './use-sending';
import { useWhen } from './use-when';

interface ComposeFootProps {
  store: ComposerStore;
  sending: Sending;
  onPick: () => void;
}

/** What can be done with what is written, and how safe it is. */
export function ComposeFoot({ store, sending, onPick }: ComposeFootProps) {
  const t = useTranslations('compose');
  const [isScheduling, setScheduling] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const more = useMenuButton(
    t('more'),
    useMoreItems(store, () => setPicking(true)),
  );
  const ways = useMenuButton(t('sendMore'), () => [
    { label: t('sendLater'), onSelect: () => setScheduling(true) },
    ...(sending.sendAndArchive === null
      ? []
      : [{ label: t('sendAndArchive'), onSelect: () => void sending.sendAndArchive?.() }]),
  ]);
  return (
    <footer className="flex shrink-0 items-center gap-1 max-md:flex-wrap border-line border-t px-3 py-2">
      <Button
        look="primary"
        isBusy={sending.isSending}
        data-tip={t('send')}
        data-tip-keys="Mod+Enter"
        onClick={() => void sending.send()}
        className="rounded-e-none"
      >
        {t('send')}
      </Button>
      <Button
        look="primary"
        {...{ ...ways, label: undefined }}
        aria-label={ways.label}
        disabled={sending.isSending}
        className="-ms-0.5 rounded-s-none px-1.5!"
      >
        <ChevronDown size={16} />
      </Button>
      <IconButton label={t('attach')} icon={<Paperclip size={18} />} onClick={onPick} />
      <IconButton {...more} icon={<Ellipsis size={18} />} />
      <SaveLine store={store} />
      <IconButton
        className="ms-auto"
        label={t('discard')}
        icon={<Trash2 size={17} />}
        onClick={() => sending.discard()}
      />
      {isPicking && <TemplatePicker store={store} onClose={() => setPicking(false)} />}
      {isScheduling && (
        <SendLater
          onClose={() => setScheduling(false)}
          onChosen={(sendAt) => {
            setScheduling(false);
            void sending.send(sendAt);
          }}
        />
      )}
    </footer>
  );
}

/** How safe what is written is, in one line. */
function SaveLine({ store }: { store: ComposerStore }) {
  const t = useTranslations('compose');
  const when = useWhen();
  const { isDirty, isSaving, savedAt, keptAt, problem, isLeft } = useValue(store.save);
  const say = () => {
    if (isLeft) return isDirty ? t('leftDirty') : t('left');
    if (isSaving) return t('saving');
    if (!isDirty) {
      return savedAt === null ? '' : t('saved', { time: when(savedAt, 'time') });
    }
    if (problem !== null) {
      const isWithout = problem.code === 'notFound' && problem.detail === 'drafts';
      const why = problem.code === 'offline' ? t('offline') : isWithout ? t('noDrafts') : sentences[problem.code].title;
      return keptAt === null ? `${t('notKept')}. ${why}` : t('keptWhy', { why });
    }
    return keptAt === null ? t('notKept') : t('kept');
  };
  const words = say();
  return (
    <p
      role="status"
      title={words}
      className={classes(
        'min-w-0 flex-1 px-2 text-end text-ink-muted text-meta',
        // Why it is not on the server is read whole: on a phone in a line of its own.
        isLeft || (isDirty && problem !== null)
          ? 'line-clamp-2 max-md:order-first max-md:line-clamp-none max-md:basis-full max-md:px-1 max-md:pb-1 max-md:text-start'
          : 'truncate',
      )}
    >
      {words}
    </p>
  );
}

function useMoreItems(store: ComposerStore, onTemplate: () => void): () => MenuEntry[] {
  const t = useTranslations('compose');
  return () => {
    const { isPlain, priority, wantsReadReceipt, wantsDeliveryReport } = store.written.get();
    return [
      { label: t('template'), onSelect: onTemplate },
      {
        label: t(isPlain ? 'rich' : 'plain'),
        onSelect: () => void switchKind(store, t),
      },
      'separator',
      {
        label: t('priority'),
        items: (['high', 'normal', 'low'] as const).map((value) => ({
          label: t(`priorities.${value}`),
          isChecked: priority === value,
          onSelect: () => store.change({ priority: value }),
        })),
      },
      {
        label: t('readReceipt'),
        isChecked: wantsReadReceipt,
        onSelect: () => store.change({ wantsReadReceipt: !wantsReadReceipt }),
      },
      {
        label: t('deliveryReport'),
        isChecked: wantsDeliveryReport,
        onSelect: () => store.change({ wantsDeliveryReport: !wantsDeliveryReport }),
      },
    ];
  };
}

/** Between plain and formatted text; asks before formatting is lost. */
async function switchKind(store: ComposerStore, t: ReturnType<typeof useTranslations<'compose'>>): Promise<void> {
  const { isPlain, html, text, quote } = store.written.get();
  if (isPlain) {
    store.change({ isPlain: false, html: htmlOfText(text) });
    plainByDefault.set(false);
    return;
  }
  const isFormatted = /<(?!\/?(?:div|br)\b)/i.test(html) || /style=/.test(html);
  const question = { title: t('plainTitle'), text: t('plainText'), confirm: t('plainConfirm') };
  if (isFormatted || quote !== null) {
    if (!(await ask(question))) return;
    // After the dialog has given the focus back: the text takes it.
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  // The mark of a signature ends in a space in plain text (RFC 3676 §4.3).
  const own = textOfHtml(html).replace(/^--$/m, '-- ');
  const words = [own, ...(quote === null ? [] : [textOfHtml(quote.html)])].join('\n\n');
  store.change({ isPlain: true, text: words, quote: null });
  plainByDefault.set(true);
}
