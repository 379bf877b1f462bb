import type { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import { writingBounds } from '@/lib/client/compose/bounds';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { textOfHtml } from '@/lib/client/compose/html';
import { questionsOf, type SendQuestion } from '@/lib/client/compose/questions';
import { faultOf } from '@/lib/client/compose/recipients';
import type { Written } from '@/lib/client/compose/written';

interface Asking {
  t: ReturnType<typeof useTranslations<'compose'>>;
  problem: (text: string, detail?: string) => void;
  /** What this composer was asked before, and is not asked again. */
  asked: Set<SendQuestion>;
}

/** Whether nothing stands in the way of sending, after what is to be asked was asked. */
export async function isReady(composer: ComposerStore, { t, problem, asked }: Asking): Promise<boolean> {
  const now = composer.written.get();
  const faults = faultsIn(now, t);
  for (const fault of faults) problem(...fault);
  if (faults.length > 0) return false;
  const own = now.isPlain ? now.text : textOfHtml(now.html);
  for (const question of questionsOf(now, own)) {
    if (asked.has(question)) continue;
    const count = now.to.length + now.cc.length;
    const text = question === 'recipients' ? t('ask.recipientsText', { count }) : t(`ask.${question}Text`);
    if (!(await ask({ title: t(`ask.${question}Title`), text, confirm: t('ask.confirm') }))) return false;
    asked.add(question);
  }
  if (composer.save.get().otherId === null) return true;
  if (!(await ask({ title: t('other.sendTitle'), text: t('other.sendText'), confirm: t('ask.confirm') }))) return false;
  // Under one Message-ID only one of them could ever be sent.
  await composer.separate();
  return true;
}

/** What nobody would take, in words. */
function faultsIn(
  { to, cc, bcc, files, text, html, quote }: Written,
  t: Asking['t'],
): [text: string, detail?: string][] {
  const people = [...to, ...cc, ...bcc];
  const faulty = people.find((person) => faultOf(person) !== null);
  const length = Math.max(text.length, html.length + (quote?.html.length ?? 0));
  const faults: [string, string?][] = [];
  if (people.length === 0) faults.push([t('noRecipients')]);
  if (faulty !== undefined) faults.push([t('wrongRecipients', { email: faulty.email })]);
  if (files.length > writingBounds.files)
    faults.push([t('tooManyFiles', { count: files.length, most: writingBounds.files })]);
  if (length > writingBounds.bodyLength) faults.push([t('tooLong'), t('tooLongText')]);
  return faults;
}
