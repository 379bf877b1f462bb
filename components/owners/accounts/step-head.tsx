import { type ReactNode, useEffect, useRef } from 'react';

/** The first words of a step that took the place of another: read out, and where the keys go on from. */
export function StepHead({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <p ref={ref} tabIndex={-1} className="text-list outline-none">
      {children}
    </p>
  );
}
