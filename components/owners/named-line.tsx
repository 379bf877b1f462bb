'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { maxNameLength } from '@/lib/client/labels/new-label';
import { useNameInPlace } from './name-in-place';

export interface NamedLineProps {
  name: string;
  /** What each part of the line is called, and that another has this name already. */
  words: Record<'name' | 'up' | 'down' | 'remove' | 'taken', string>;
  /** Before the name. */
  start: ReactNode;
  /** Below the name. */
  note?: string;
  /** Its name has the focus. */
  isEdited: boolean;
  isTaken: (name: string) => boolean;
  onName: (name: string) => void;
  /** Absent at the ends. */
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}

/** One of a person's own things in the list of all: its name, its place, and a way out. */
export function NamedLine({ name, words, start, note, isEdited, isTaken, onName, ...does }: NamedLineProps) {
  const { wanted, field } = useNameInPlace({
    name,
    mayBe: (other) => other !== '' && !isTaken(other),
    onName,
  });
  const problem = isTaken(wanted) ? words.taken : undefined;
  return (
    <li>
      <div className="flex items-center">
        {start}
        <input
          aria-label={words.name}
          aria-invalid={problem !== undefined || undefined}
          {...(isEdited ? { 'data-autofocus': '' } : {})}
          {...field}
          maxLength={maxNameLength}
          className="h-9 min-w-0 flex-1 rounded-inner border border-transparent bg-transparent px-2 text-ellipsis outline-offset-[-1px] hover:border-line aria-invalid:border-danger touch:h-11 touch:text-title"
        />
        <IconButton
          size="small"
          label={words.up}
          icon={<ChevronUp size={17} />}
          disabled={does.onUp === undefined}
          onClick={does.onUp}
        />
        <IconButton
          size="small"
          label={words.down}
          icon={<ChevronDown size={17} />}
          disabled={does.onDown === undefined}
          onClick={does.onDown}
        />
        <IconButton size="small" label={words.remove} icon={<X size={16} />} onClick={does.onRemove} />
      </div>
      {note !== undefined && <p className="-mt-1 truncate ps-10 pe-24 text-ink-muted text-meta">{note}</p>}
      {problem !== undefined && (
        <p role="alert" className="ps-10 text-danger text-meta">
          {problem}
        </p>
      )}
    </li>
  );
}
