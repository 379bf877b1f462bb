import { filterDeclarations, type UrlRule } from './declarations.ts';

// CSSRule.type (CSSOM §6.4.2); `instanceof` would compare with the classes of another window.
const styleRule = 1;
const mediaRule = 4;
const supportsRule = 12;

/** Called for a rule that would fetch something, with its selector. */
export type SheetUrlRule = (url: string, selector: string) => string | null;

/**
 * Parses the CSS of a mail in a constructed sheet of `view`, drops in place what is not allowed and gives the sheet, ready
 * for `adoptedStyleSheets`. It is never text again. `@import` is ignored by such sheets (CSSOM §6.1.2); all other at-rules
 * but `@media` and `@supports` are dropped, and what is meant for a dark screen too, since mail is shown on white paper.
 */
export function buildStyleSheet(css: string, view: Window & typeof globalThis, urlRule: SheetUrlRule): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  filterRules(sheet, urlRule);
  return sheet;
}

/** The box that holds a mail on paper is not the mail's to style, nor is what we say in it. As the CSSOM writes selectors, escapes resolved. */
const isOfOurs = (selector: string): boolean => /:host|posthorn-/i.test(selector);

function filterRules(parent: CSSStyleSheet | CSSGroupingRule, urlRule: SheetUrlRule): void {
  for (let index = parent.cssRules.length - 1; index >= 0; index -= 1) {
    const rule = parent.cssRules[index];
    if (rule === undefined || !keepsRule(rule, urlRule)) parent.deleteRule(index);
  }
}

function keepsRule(rule: CSSRule, urlRule: SheetUrlRule): boolean {
  if (rule.type === styleRule) {
    const { style, selectorText, cssRules } = rule as CSSStyleRule;
    if (isOfOurs(selectorText)) return false;
    const addressRule: UrlRule = (url) => urlRule(url, selectorText);
    filterDeclarations(style, addressRule);
    // Nested rules (CSS Nesting) are in no mail that other clients show.
    for (let index = (cssRules?.length ?? 0) - 1; index >= 0; index -= 1) (rule as CSSStyleRule).deleteRule(index);
    return style.length > 0;
  }
  if (rule.type === mediaRule) {
    if ((rule as CSSMediaRule).media.mediaText.includes('prefers-color-scheme')) return false;
    filterRules(rule as CSSMediaRule, urlRule);
    return true;
  }
  if (rule.type === supportsRule) {
    filterRules(rule as CSSSupportsRule, urlRule);
    return true;
  }
  return false;
}

/** Keeps of the rules for some media what holds in `view` now, so that paper cannot be told from the screen by them. */
export function settleMedia(parent: CSSStyleSheet | CSSGroupingRule, view: Window): void {
  for (const rule of parent.cssRules) {
    if (rule.type === mediaRule) {
      const { media } = rule as CSSMediaRule;
      media.mediaText = view.matchMedia(media.mediaText).matches ? 'all' : 'not all';
    }
    if (rule.type === mediaRule || rule.type === supportsRule) settleMedia(rule as CSSGroupingRule, view);
  }
}
