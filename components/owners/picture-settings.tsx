'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { MoreWords } from '@/components/ui/more-words';
import { ask } from '@/components/ui/question';
import { useSession } from '@/lib/client/app/hooks';
import { displayText } from '@/lib/text/bidi';
import words from '@/messages/pictures.en.json';
import { usePictureRules } from './picture-rules';

/** Whose pictures of other servers are shown or never asked about: seen, and taken back. */
export function PictureSettings() {
  return (
    <MoreWords words={words}>
      <Rules />
    </MoreWords>
  );
}

function Rules() {
  const t = useTranslations('pictures');
  const common = useTranslations('common');
  const isAllowed = useSession().remoteImages === 'ask';
  const { rules, error, retry, remove, empty } = usePictureRules(true);
  const forgetAll = async () => {
    const question = {
      title: t('rules.forgetAllTitle'),
      text: t('rules.forgetAllText'),
      confirm: t('rules.forgetAll'),
    };
    if (await ask({ ...question, isDestructive: true })) empty();
  };
  return (
    <section aria-label={t('rules.title')}>
      <div className="flex min-h-9 items-center justify-between gap-3">
        <h3 className="font-medium">{t('rules.title')}</h3>
        {rules !== null && rules.length > 0 && (
          <Button look="quiet" size="small" onClick={() => void forgetAll()}>
            {t('rules.forgetAll')}
          </Button>
        )}
      </div>
      <p className="text-ink-muted text-meta">{t(isAllowed ? 'rules.text' : 'off')}</p>
      {rules === null && error === null && (
        <p role="status" className="mt-2 text-ink-muted text-list">
          {t('rules.loading')}
        </p>
      )}
      {rules === null && error !== null && (
        <p className="mt-2 flex items-center gap-3 text-danger text-list">
          {t('rules.failed')}
          <Button size="small" onClick={retry}>
            {common('retry')}
          </Button>
        </p>
      )}
      {rules !== null && rules.length === 0 && isAllowed && (
        <p className="mt-2 text-ink-muted text-list">{t('rules.empty')}</p>
      )}
      {rules !== null && rules.length > 0 && (
        <ul className="mt-2 max-h-60 divide-y divide-line overflow-y-auto overscroll-contain rounded-box border border-line">
          {rules.map((rule) => (
            <li key={`${rule.kind} ${rule.name}`} className="flex items-center gap-2 ps-3 pe-1">
              <span className="min-w-0 flex-1 truncate text-list">
                <bdi>{displayText(rule.name)}</bdi>
              </span>
              <span className="shrink-0 text-ink-muted text-meta">{t(`rules.${rule.choice}`)}</span>
              <IconButton
                size="small"
                label={t('rules.remove', { name: displayText(rule.name) })}
                icon={<X size={16} />}
                onClick={() => remove(rule)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
