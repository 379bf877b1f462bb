/** The catalogue's language with the habits of the person's region: English words, but 24 hours and day before month. */
export function regionalLocale(language: string): string {
  if (typeof document === 'undefined') return language;
  const own = new Intl.Locale(navigator.language);
  if (own.language === language) return own.baseName;
  const { region } = own.maximize();
  return region === undefined ? language : `${language}-${region}`;
}
