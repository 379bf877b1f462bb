import type { useTranslations } from 'use-intl';

/** The words of the actions, as the catalogue has them. */
export type Words = ReturnType<typeof useTranslations<'actions'>>;
