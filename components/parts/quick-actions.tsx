'use client';

import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { MenuEntry } from '@/components/ui/menu';
import { openMenu, warmMenu } from '@/components/ui/menu';

export interface QuickAction {
  label: string;
  keys?: string | undefined;
  icon: ReactNode;
  onPress: () => void;
}

/** The actions that float over a row under the pointer or the keyboard. */
export function QuickActions({
  actions,
  moreLabel,
  more,
}: {
  actions: QuickAction[];
  moreLabel: string;
  more: () => MenuEntry[];
}) {
  return (
    <div
      data-quick=""
      className="absolute end-3 top-1/2 z-20 flex -translate-y-1/2 gap-0.5 rounded-box border border-line bg-raised p-0.5 shadow-float max-md:hidden"
    >
      {actions.map(({ label, keys, icon, onPress }) => (
        <IconButton
          key={label}
          label={label}
          keys={keys}
          icon={icon}
          size="small"
          tabIndex={-1}
          className="size-7! touch:size-9!"
          onClick={onPress}
        />
      ))}
      <IconButton
        label={moreLabel}
        icon={<Ellipsis size={16} />}
        size="small"
        tabIndex={-1}
        aria-haspopup="menu"
        className="size-7! touch:size-9!"
        onPointerEnter={warmMenu}
        onClick={(event) => openMenu({ label: moreLabel, items: more(), anchor: event.currentTarget })}
      />
    </div>
  );
}
