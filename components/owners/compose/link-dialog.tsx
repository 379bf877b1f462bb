'use client';

import type { Editor } from '@tiptap/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { placeLink } from '@/lib/client/sanitize/addresses';

/** Where the chosen words lead. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const t = useTranslations('compose');
  const before = String(editor.getAttributes('link').href ?? '');
  const [address, setAddress] = useState(before);
  const target = placeLink(/^[a-z][a-z+.-]*:/i.test(address.trim()) ? address : `https://${address.trim()}`);
  const done = (change: () => void) => {
    change();
    onClose();
  };
  const set = (href: string) => {
    const chain = editor.chain().focus().extendMarkRange('link');
    const isBare = editor.state.selection.empty && before === '';
    if (isBare) chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('linkTitle')}>
      <form
        className="space-y-4 px-5 pt-2 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (target !== null && address.trim() !== '') done(() => set(target));
        }}
      >
        <TextField
          label={t('linkAddress')}
          data-autofocus=""
          inputMode="url"
          placeholder="https://"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          {before !== '' && (
            <Button onClick={() => done(() => editor.chain().focus().extendMarkRange('link').unsetLink().run())}>
              {t('linkRemove')}
            </Button>
          )}
          <Button look="primary" type="submit" disabled={target === null || address.trim() === ''}>
            {t('linkSet')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
