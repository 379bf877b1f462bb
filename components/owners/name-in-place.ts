'use client';

import { type ChangeEvent, type KeyboardEvent, useState } from 'react';

interface NameInPlace {
  name: string;
  /** Whether this name can be taken; what cannot is given up when the field is left. */
  mayBe: (wanted: string) => boolean;
  onName: (name: string) => void;
}

/** A name that is changed where it stands: it holds when it is left or by Enter; Escape gives it up. `wanted`: as it would be now. */
export function useNameInPlace({ name, mayBe, onName }: NameInPlace) {
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = typed?.trim() ?? name;
  const settle = () => {
    setTyped(null);
    if (wanted !== name && mayBe(wanted)) onName(wanted);
  };
  const field = {
    value: typed ?? name,
    autoComplete: 'off',
    onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value),
    onBlur: settle,
    onKeyDown(event: KeyboardEvent) {
      if (event.key === 'Enter') settle();
      if (event.key !== 'Escape' || typed === null) return;
      // It gives up what was typed, not the dialog.
      event.preventDefault();
      setTyped(null);
    },
  };
  return { wanted, field };
}
