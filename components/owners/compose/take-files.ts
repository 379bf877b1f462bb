'use client';

import { type DragEvent, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { useSession } from '@/lib/client/app/hooks';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';

/** base64 and its line ends make four bytes of three. */
const encodedShare = 1.37;
const shownType = /^image\/(?:png|jpeg|gif|webp)$/;

/** Files that are picked, dropped or pasted; what cannot be sent is said before a byte of it is. */
export function useTakeFiles(store: ComposerStore) {
  const t = useTranslations('compose');
  const locale = regionalLocale(useLocale());
  const { accounts } = useSession();
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const { accountId } = store.written.get();
  const maxBytes = accounts.find(({ id }) => id === accountId)?.sending?.maxBytes ?? 0;

  /** Gives those that are taken. */
  const fitting = (files: readonly File[]): File[] => {
    const limit = formatSize(maxBytes / encodedShare, locale);
    let room = maxBytes / encodedShare - store.written.get().files.reduce((sum, file) => sum + file.sizeBytes, 0);
    return files.filter((file) => {
      if (file.size * encodedShare > maxBytes) {
        toast({ tone: 'problem', text: t('tooLarge', { name: file.name, limit }) });
        return false;
      }
      room -= file.size;
      if (room < 0) toast({ tone: 'problem', text: t('allTooLarge', { limit }), key: 'too-large' });
      return room >= 0;
    });
  };
  const take = (files: readonly File[], areShown = false) => {
    const taken = fitting(files);
    return taken.length === 0 ? [] : store.addFiles(taken, areShown);
  };
  const pick = () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.onchange = () => void take([...(input.files ?? [])]);
    input.click();
  };
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const dropProps = {
    onDragEnter: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setOver(true);
    },
    onDragLeave: () => {
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    },
    onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      depth.current = 0;
      setOver(false);
      // A picture that was dropped into the text is in the text.
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      take([...event.dataTransfer.files]);
    },
    onPaste: (event: React.ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0 || event.defaultPrevented || event.clipboardData.types.includes('text/html')) return;
      event.preventDefault();
      take(files);
    },
  };
  return { take, pick, isOver, dropProps };
}

export const isShownPicture = ({ type }: File): boolean => shownType.test(type);
