'use client';

import type { Editor } from '@tiptap/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { MoreWords } from '@/components/ui/more-words';
import { toast } from '@/components/ui/toast';
import { asApiError } from '@/lib/client/api-error';
import { createEditor } from '@/lib/client/compose/editor';
import { htmlOfText, textOfHtml } from '@/lib/client/compose/html';
import { writingSanitizer } from '@/lib/client/compose/sanitizing-frame';
import { sentences } from '@/lib/contract/sentences';
import words from '@/messages/compose.en.json';
import { EditorToolbar } from '../compose/editor-toolbar';
import '../compose/editor.css';

/** `html` is null where there is no formatting. */
export interface Formatted {
  text: string;
  html: string | null;
}

interface FormattedFieldProps {
  label: string;
  hint: string;
  /** What it begins with; from then on it is what is written in it. */
  initial: Formatted;
  onChange: (written: Formatted) => void;
  /** Puts a text where the cursor is, once the field is there. */
  inserter?: RefObject<((text: string) => void) | null>;
}

/** What is written again and again, with formatting, as the text of a message is. Pictures have no place to be kept, and are left out. */
export function FormattedField({ label, hint, initial, onChange, inserter }: FormattedFieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor begins with what is written, and then it is what is written
  useEffect(() => {
    let made: Editor | null = null;
    let isGone = false;
    const open = async () => {
      const sanitize = await writingSanitizer();
      if (isGone || place.current === null) return;
      made = createEditor({
        element: place.current,
        html: initial.html ?? htmlOfText(initial.text),
        label,
        sanitize,
        pictureUrl: () => null,
        onFiles: () => true,
        onChange: (html) => tell.current(formattedOf(html)),
      });
      setEditor(made);
      const here = made;
      if (inserter !== undefined)
        inserter.current = (text) => void here.chain().focus().insertContent({ type: 'text', text }).run();
    };
    open().catch((thrown: unknown) => {
      toast({
        tone: 'problem',
        text: sentences[asApiError(thrown).code === 'offline' ? 'unreachable' : 'internal'].title,
      });
    });
    return () => {
      isGone = true;
      if (inserter !== undefined) inserter.current = null;
      made?.destroy();
    };
  }, []);
  return (
    <div>
      <span aria-hidden="true" className="mb-1.5 block font-medium text-ink-2 text-list">
        {label}
      </span>
      <div className="overflow-hidden rounded-box border border-line bg-raised focus-within:border-focus hover:border-line-strong">
        <div className="border-line border-b">
          {editor === null ? (
            <div className="h-10 touch:h-12" />
          ) : (
            <MoreWords words={words}>
              <EditorToolbar editor={editor} />
            </MoreWords>
          )}
        </div>
        <div ref={place} className="signature-text min-h-24 px-3 py-2 text-read" />
      </div>
      <p className="mt-1.5 text-ink-muted text-meta">{hint}</p>
    </div>
  );
}

/** Lines without formatting are kept as text alone. */
function formattedOf(html: string): Formatted {
  const text = textOfHtml(html);
  return { text, html: html === '' || html === htmlOfText(text) ? null : html };
}
