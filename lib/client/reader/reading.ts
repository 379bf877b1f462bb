import { createContext, useContext } from 'react';

/** How large mail is written, in per cent of what its sender chose. */
export type TextSize = 85 | 100 | 115 | 135;
export const textSizes: readonly TextSize[] = [85, 100, 115, 135];

/** How a person wants mail to be drawn. */
export interface Reading {
  textSize: TextSize;
  /** Mail on white paper is darkened in the dark theme unless its switch says otherwise. */
  isDarkened: boolean;
}

export const ReadingContext = createContext<Reading>({ textSize: 100, isDarkened: false });
export const useReading = (): Reading => useContext(ReadingContext);
