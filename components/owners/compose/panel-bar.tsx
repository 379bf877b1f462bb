'use client';

import { Maximize2, Minimize2, Minus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import type { PanelView } from '@/lib/client/compose/panels';
import { displayText } from '@/lib/text/bidi';

interface PanelBarProps {
  title: string;
  view: PanelView;
  onView: (view: PanelView) => void;
  onClose: () => void;
}

/** The upper edge of a composer: what it is about, and how large it is. */
export function PanelBar({ title, view, onView, onClose }: PanelBarProps) {
  const t = useTranslations('compose');
  const isFolded = view === 'minimised';
  return (
    <header className="flex h-11 shrink-0 items-center border-line border-b bg-panel ps-4 pe-1 md:rounded-t-box touch:h-12">
      {isFolded ? (
        <button
          type="button"
          aria-label={t('restore')}
          onClick={() => onView('open')}
          className="min-w-0 flex-1 truncate py-2 text-start font-semibold text-list"
        >
          {displayText(title)}
        </button>
      ) : (
        <h2 dir="auto" className="min-w-0 flex-1 truncate font-semibold text-list">
          {displayText(title)}
        </h2>
      )}
      <span className="contents max-md:hidden">
        {!isFolded && (
          <IconButton
            size="small"
            label={t('minimise')}
            icon={<Minus size={16} />}
            onClick={() => onView('minimised')}
          />
        )}
        <IconButton
          size="small"
          label={t(view === 'full' ? 'small' : 'full')}
          icon={view === 'full' ? <Minimize2 size={15} /> : <Maximize2 size={15} />}
          onClick={() => onView(view === 'full' ? 'open' : 'full')}
        />
      </span>
      <IconButton size="small" label={t('close')} keys="Escape" icon={<X size={17} />} onClick={onClose} />
    </header>
  );
}
