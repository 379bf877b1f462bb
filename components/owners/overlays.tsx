'use client';

import dynamic from 'next/dynamic';
import { MoreWords } from '@/components/ui/more-words';
import { useMail } from '@/lib/client/app/context';
import type { Overlay } from '@/lib/client/app/mail-app';
import words from '@/messages/overlays.en.json';
import { AccountDialog } from './account-dialog';
import { CommandPalette } from './command-palette';
import type { Runner } from './commands/use-runner';
import { FolderForm } from './folder-form';
import { FolderPicker } from './folder-picker';
import { LabelPicker } from './label-picker';
import { LabelsDialog } from './labels-dialog';
import { MakeRole } from './make-role';
import { SettingsDialog } from './settings-dialog';
import { ShortcutSheet } from './shortcut-sheet';

const ContactsDialog = dynamic(() => import('./people/contacts-dialog').then((module) => module.ContactsDialog), {
  ssr: false,
});
const OutboxDialog = dynamic(() => import('./outbox/outbox-dialog').then((module) => module.OutboxDialog), {
  ssr: false,
});
const SearchesDialog = dynamic(() => import('./searches/searches-dialog').then((module) => module.SearchesDialog), {
  ssr: false,
});
const Original = dynamic(() => import('./original').then((module) => module.Original), { ssr: false });

interface OverlaysProps {
  overlay: Overlay;
  run: Runner;
}

/** What lies over the page. Loaded when the first of them is asked for. */
export function Overlays(props: OverlaysProps) {
  return (
    <MoreWords words={words}>
      <Shown {...props} />
    </MoreWords>
  );
}

function Shown({ overlay, run }: OverlaysProps) {
  const app = useMail();
  const close = () => app.overlay.set((now) => (now === overlay ? null : now));
  switch (overlay.type) {
    case 'palette':
      return <CommandPalette run={run} onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet run={run} onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'account':
      return <AccountDialog onClose={close} />;
    case 'label':
      return <LabelPicker overlay={overlay} onClose={close} />;
    case 'labels':
      return <LabelsDialog edited={overlay.keyword} onClose={close} />;
    case 'searches':
      return <SearchesDialog isSaving={overlay.isSaving === true} edited={overlay.id} onClose={close} />;
    case 'contacts':
      return <ContactsDialog added={overlay.added} onClose={close} />;
    case 'outbox':
      return <OutboxDialog accountId={overlay.accountId} onClose={close} />;
    case 'original':
      return <Original messageId={overlay.messageId} subject={overlay.subject} onClose={close} />;
    case 'move':
    case 'copy':
    case 'goFolder':
      return <FolderPicker overlay={overlay} onClose={close} />;
    case 'createMailbox':
    case 'renameMailbox':
      return <FolderForm overlay={overlay} onClose={close} />;
    case 'makeRole':
      return <MakeRole overlay={overlay} onClose={close} />;
  }
}
