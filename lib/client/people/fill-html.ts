import { fillTemplate, type TemplateFacts } from './fill-template.ts';

/** HTML with the fields in its text filled in: what they hold is text, whatever it looks like. */
export function fillHtml(html: string, facts: TemplateFacts, answers: ReadonlyMap<string, string>): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
    node.nodeValue = fillTemplate(node.nodeValue ?? '', facts, answers);
  return page.body.innerHTML;
}
