'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import { useMailboxes, useSession } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { type ComposerStore, createComposerStore } from '@/lib/client/compose/composer-store';
import { fileOnDevice, ownerOf } from '@/lib/client/compose/device';
import type { Sanitizer } from '@/lib/client/compose/html';
import { type ComposePanel, closeComposer, nameComposer, setPanelView } from '@/lib/client/compose/panels';
import { writingSanitizer } from '@/lib/client/compose/sanitizing-frame';
import { ownEmailsOf, senderOf } from '@/lib/client/compose/senders';
import { identityFor, knownIdentities } from '@/lib/client/people/identities';
import type { MessageCommands } from '../commands/use-commands';
import { begin } from './begin';
import { ComposeForm } from './compose-form';
import { PanelBar } from './panel-bar';
import { usePhoneBack } from './phone-back';
import { plainByDefault } from './plain-by-default';
import { useMakeFolder } from './use-make-folder';
import { useSending } from './use-sending';
import { useWhen } from './use-when';

interface Opened {
  store: ComposerStore;
  sanitize: Sanitizer;
}

/** One composer: its frame, and what is written in it from the first moment to the last. */
export function Panel({ panel, commands }: { panel: ComposePanel; commands: MessageCommands }) {
  const app = useMail();
  const t = useTranslations('compose');
  const opened = useOpened(panel);
  const { id, view } = panel;
  const written = useWritten(opened?.store);
  const subject = written?.subject ?? '';
  const sending = useSending(panel, opened?.store, commands);
  useDraftsFolder(opened?.store);
  const messageId = written?.messageId;
  useEffect(() => {
    if (messageId !== undefined) nameComposer(app, id, messageId);
  }, [app, id, messageId]);
  const close = () => {
    if (opened !== null) sending.close();
    else closeComposer(app, id);
  };
  usePhoneBack(id, close);
  const isFolded = view === 'minimised';
  return (
    <section
      role="dialog"
      aria-label={subject === '' ? t('title') : subject}
      data-composer=""
      onKeyDown={(event) => {
        // A dialog that was opened from here closes alone.
        if ((event.target as Element).closest('dialog') !== null) return;
        if (event.key === 'Escape') close();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && opened !== null) {
          event.preventDefault();
          void sending.send();
        }
      }}
      className={classes(
        'float-in pointer-events-auto flex min-w-0 flex-col border border-line bg-surface shadow-float',
        'max-md:fixed max-md:inset-0 max-md:z-30 max-md:border-0 max-md:pt-(--safe-top) max-md:pb-(--safe-bottom)',
        view === 'full' && 'md:fixed md:inset-x-[8vw] md:inset-y-[5vh] md:z-10 md:rounded-box',
        view === 'open' &&
          'h-[min(40rem,calc(100dvh-4rem))] w-[36rem] shrink rounded-t-box max-md:h-auto max-md:w-auto max-md:rounded-none',
        isFolded && 'w-64 shrink rounded-t-box max-md:hidden',
      )}
    >
      <PanelBar
        title={subject === '' ? t('title') : subject}
        view={view}
        onView={(next) => setPanelView(app, id, next)}
        onClose={close}
      />
      {opened !== null && (
        <div className={isFolded ? 'hidden' : 'contents'}>
          <ComposeForm store={opened.store} sanitize={opened.sanitize} sending={sending} />
        </div>
      )}
    </section>
  );
}

const nothing = { get: () => null, subscribe: () => () => undefined };
const useWritten = (store: ComposerStore | undefined) => useValue(store?.written ?? nothing);

/** Where there is no folder for drafts, offers to make one, and keeps the draft there. */
function useDraftsFolder(store: ComposerStore | undefined): void {
  const { offer } = useMakeFolder();
  const { problem } = useValue(store?.save ?? nothing) ?? { problem: null };
  const isWithout = problem?.code === 'notFound' && problem.detail === 'drafts';
  useEffect(() => {
    if (store === undefined || !isWithout) return;
    void offer(store.written.get().accountId, 'drafts').then((isThere) => (isThere ? store.saveDraft() : undefined));
  }, [store, isWithout, offer]);
}

/** What is written, once the sanitiser is there; null until then. */
function useOpened(panel: ComposePanel): Opened | null {
  const app = useMail();
  const session = useSession();
  const t = useTranslations('compose');
  const say = useWhen();
  const [opened, setOpened] = useState<Opened | null>(null);
  const { start } = panel;
  const accountId = start.kind === 'written' ? start.written.accountId : start.accountId;
  const { mailboxes } = useMailboxes(accountId);
  const drafts = mailboxes?.find(({ role }) => role === 'drafts')?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a composer begins once
  useEffect(() => {
    let store: ComposerStore | null = null;
    let isGone = false;
    void Promise.all([writingSanitizer(), knownIdentities(app.queries)]).then(([sanitize, identities]) => {
      if (isGone) return;
      const ownEmails = [...ownEmailsOf(session), ...identities.map(({ email }) => email.toLowerCase())];
      const identity = identityFor(identities, accountId, 'message' in start ? start.message : null);
      const from = senderOf(session, accountId, start, ownEmails, identity);
      const tell = (text: string) => void toast({ text, durationMs: 12_000, key: 'begun' });
      const written = begin(start, {
        sanitize,
        from,
        identity,
        ownEmails,
        isPlain: plainByDefault.get(),
        t,
        say,
        tell,
      });
      const owner = ownerOf(session.username, accountId);
      store = createComposerStore(owner, written, {
        isChanged: start.kind === 'written',
        onSaved: () => {
          if (drafts !== undefined) for (const list of app.listsOf(accountId).ofMailbox(drafts)) list.refresh();
        },
      });
      for (const { key, name, source } of written.files)
        if (source.kind === 'waiting') void resume(store, owner, key, name);
      setOpened({ store, sanitize });
    });
    return () => {
      isGone = true;
      void store?.stop();
    };
  }, []);
  return opened;
}

/** Goes on with a file that was on its way when the page went; one that this device does not have any more is left out. */
async function resume(store: ComposerStore, owner: string, key: string, name: string): Promise<void> {
  const file = await fileOnDevice(owner, store.written.get().messageId, key);
  if (file === undefined) store.removeFile(key);
  else store.resumeFile(key, name, file);
}
