'use client';

import type { Editor } from '@tiptap/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { createEditor } from '@/lib/client/compose/editor';
import { cleanForEditor, type Sanitizer } from '@/lib/client/compose/html';
import { setInserter } from '@/lib/client/compose/insertion';
import type { WrittenFile } from '@/lib/client/compose/written';
import { partUrl } from '@/lib/client/reader/message-urls';
import { EditorToolbar } from './editor-toolbar';
import { isShownPicture } from './take-files';

interface RichEditorProps {
  store: ComposerStore;
  sanitize: Sanitizer;
  hasFocus: boolean;
  onFiles: (files: readonly File[], areShown?: boolean) => WrittenFile[];
}

/** The text with formatting, and the tools for it. */
export function RichEditor({ store, sanitize, hasFocus, onFiles }: RichEditorProps) {
  const t = useTranslations('compose');
  const place = useRef<HTMLDivElement>(null);
  const take = useRef(onFiles);
  take.current = onFiles;
  const [editor, setEditor] = useState<Editor | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor begins with what is written, and then it is what is written
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const urls = createPictureUrls(store);
    let shown = store.written.get().html;
    const made = createEditor({
      element,
      html: shown,
      label: t('text'),
      sanitize,
      pictureUrl: urls.urlOf,
      onFiles: (files) => {
        const pictures = files.filter(isShownPicture);
        if (pictures.length < files.length) return false;
        for (const { cid, name } of take.current(pictures, true))
          made
            .chain()
            .focus()
            .insertContent({ type: 'picture', attrs: { cid, alt: name } })
            .run();
        return true;
      },
      onChange: (html) => {
        shown = html;
        store.change({ html });
      },
    });
    // Another identity signs otherwise, also one with the same address.
    const leave = store.written.subscribe(() => {
      const { html, isPlain } = store.written.get();
      if (html === shown || isPlain) return;
      shown = html;
      made.commands.setContent(cleanForEditor(sanitize, html), { emitUpdate: false });
    });
    setEditor(made);
    const noInserter = setInserter(store, (_, html) =>
      made.chain().focus().insertContent(cleanForEditor(sanitize, html)).run(),
    );
    if (hasFocus) made.commands.focus('start');
    return () => {
      leave();
      noInserter();
      made.destroy();
      urls.forget();
    };
  }, [store, sanitize]);
  return (
    <>
      <div className="sticky top-0 z-10 border-line border-b bg-surface">
        {editor === null ? <div className="h-10 touch:h-12" /> : <EditorToolbar editor={editor} />}
      </div>
      <div ref={place} className="flex grow flex-col px-4 py-3 text-read" />
    </>
  );
}

/** Where pictures of this message can be seen: their bytes here, else the part that they are. */
function createPictureUrls(store: ComposerStore) {
  const made = new Map<string, string>();
  return {
    urlOf(cid: string): string | null {
      const known = made.get(cid);
      if (known !== undefined) return known;
      const { accountId, files } = store.written.get();
      const file = files.find((one) => one.cid === cid);
      const bytes = file === undefined ? undefined : store.fileOf(file.key);
      const part = file?.source.kind === 'part' ? file.source : file?.part;
      if (bytes === undefined) return part == null ? null : partUrl(accountId, part.messageId, part.partId, true);
      const url = URL.createObjectURL(bytes);
      made.set(cid, url);
      return url;
    },
    forget() {
      for (const url of made.values()) URL.revokeObjectURL(url);
    },
  };
}
