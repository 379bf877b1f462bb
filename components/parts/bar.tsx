import type { ReactNode } from 'react';

const tones = {
  brass: 'bg-brass-wash text-ink-2',
  plain: 'bg-press text-ink-2',
};

/** One line above a mail that says what is so, with what can be done at its end. */
export function Bar({
  icon,
  tone,
  children,
  end,
  below,
}: {
  icon: ReactNode;
  tone: keyof typeof tones;
  children: ReactNode;
  end?: ReactNode;
  /** What unfolds from it, over its whole width. */
  below?: ReactNode;
}) {
  return (
    <div className={`flex min-h-9 flex-wrap items-center gap-x-2.5 rounded-box px-3 py-2 text-list ${tones[tone]}`}>
      <span className="shrink-0 self-start pt-px opacity-80">{icon}</span>
      <p className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">{children}</p>
      {end}
      {below}
    </div>
  );
}
