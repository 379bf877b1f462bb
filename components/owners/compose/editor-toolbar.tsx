'use client';

import type { ChainedCommands, Editor } from '@tiptap/core';
import {
  Baseline,
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  Quote,
  Redo2,
  RemoveFormatting,
  Strikethrough,
  Underline,
  Undo2,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { useMenuButton } from '@/components/ui/menu';
import { LinkDialog } from './link-dialog';

/** Dark enough to be read on white paper, light enough on a dark one. */
const colors = {
  red: '#c0392b',
  orange: '#b8600b',
  green: '#2e8b57',
  blue: '#2f6fd0',
  purple: '#8e44ad',
  grey: '#7a7a7a',
} as const;

const toggles = [
  { name: 'bold', Icon: Bold, keys: 'Mod+b', run: (chain: ChainedCommands) => chain.toggleBold() },
  { name: 'italic', Icon: Italic, keys: 'Mod+i', run: (chain: ChainedCommands) => chain.toggleItalic() },
  { name: 'underline', Icon: Underline, keys: 'Mod+u', run: (chain: ChainedCommands) => chain.toggleUnderline() },
  { name: 'strike', Icon: Strikethrough, keys: undefined, run: (chain: ChainedCommands) => chain.toggleStrike() },
  { name: 'bulletList', Icon: List, keys: undefined, run: (chain: ChainedCommands) => chain.toggleBulletList() },
  {
    name: 'orderedList',
    Icon: ListOrdered,
    keys: undefined,
    run: (chain: ChainedCommands) => chain.toggleOrderedList(),
  },
  { name: 'blockquote', Icon: Quote, keys: undefined, run: (chain: ChainedCommands) => chain.toggleBlockquote() },
  { name: 'code', Icon: Code, keys: undefined, run: (chain: ChainedCommands) => chain.toggleCode() },
] as const;

/** The tools of formatted text, one stop of the Tab key; arrows go through them. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const t = useTranslations('compose');
  const [, redraw] = useState(0);
  const [isLinking, setLinking] = useState(false);
  useEffect(() => {
    const draw = () => redraw((count) => count + 1);
    editor.on('transaction', draw);
    return () => {
      editor.off('transaction', draw);
    };
  }, [editor]);
  const color = useMenuButton(t('color'), () => [
    { label: t('colors.none'), onSelect: () => void editor.chain().focus().unsetColor().run() },
    ...Object.entries(colors).map(([name, value]) => ({
      label: t(`colors.${name as keyof typeof colors}`),
      icon: <span className="size-3 rounded-full" style={{ background: value }} />,
      isChecked: editor.isActive('textStyle', { color: value }),
      onSelect: () => void editor.chain().focus().setColor(value).run(),
    })),
  ]);
  const nameOf = (name: (typeof toggles)[number]['name']) => t(name === 'blockquote' ? 'quote' : name);
  return (
    <div
      role="toolbar"
      aria-label={t('formatting')}
      onKeyDown={step}
      className="flex items-center gap-0.5 overflow-x-auto px-2 py-1 [scrollbar-width:none]"
    >
      {toggles.map(({ name, Icon, keys, run }, at) => (
        <IconButton
          key={name}
          size="small"
          tabIndex={at === 0 ? 0 : -1}
          label={nameOf(name)}
          keys={keys}
          aria-pressed={editor.isActive(name)}
          icon={<Icon size={16} />}
          onClick={() => void run(editor.chain().focus()).run()}
        />
      ))}
      <IconButton
        size="small"
        tabIndex={-1}
        label={t('link')}
        aria-pressed={editor.isActive('link')}
        icon={<Link size={16} />}
        onClick={() => setLinking(true)}
      />
      <IconButton {...color} size="small" tabIndex={-1} icon={<Baseline size={16} />} />
      <IconButton
        size="small"
        tabIndex={-1}
        label={t('clear')}
        icon={<RemoveFormatting size={16} />}
        onClick={() => void editor.chain().focus().unsetAllMarks().clearNodes().run()}
      />
      <span className="flex-1" />
      <IconButton
        size="small"
        tabIndex={-1}
        label={t('undo')}
        keys="Mod+z"
        disabled={!editor.can().undo()}
        icon={<Undo2 size={16} />}
        onClick={() => void editor.chain().focus().undo().run()}
      />
      <IconButton
        size="small"
        tabIndex={-1}
        label={t('redo')}
        disabled={!editor.can().redo()}
        icon={<Redo2 size={16} />}
        onClick={() => void editor.chain().focus().redo().run()}
      />
      {isLinking && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
    </div>
  );
}

function step(event: KeyboardEvent<HTMLElement>) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')];
  const next = buttons[buttons.indexOf(document.activeElement as HTMLElement) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
