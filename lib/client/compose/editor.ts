import { Editor, Node } from '@tiptap/core';
import Paragraph from '@tiptap/extension-paragraph';
import { Color, TextStyle } from '@tiptap/extension-text-style';
import StarterKit from '@tiptap/starter-kit';
import { cleanForEditor, type Sanitizer } from './html.ts';

interface EditorOptions {
  element: HTMLElement;
  html: string;
  label: string;
  sanitize: Sanitizer;
  /** Where a picture of this message can be seen; null: nowhere. */
  pictureUrl: (cid: string) => string | null;
  /** Files that were pasted or dropped; true: taken. */
  onFiles: (files: File[]) => boolean;
  onChange: (html: string) => void;
}

/** The editor of formatted text. Whatever comes into it went through the sanitiser; it asks no other server for anything. */
export function createEditor({ element, html, label, sanitize, pictureUrl, onFiles, onChange }: EditorOptions): Editor {
  const filesOf = (data: DataTransfer | null) => [...(data?.files ?? [])];
  return new Editor({
    element,
    content: cleanForEditor(sanitize, html),
    extensions: [
      StarterKit.configure({
        paragraph: false,
        link: {
          openOnClick: false,
          defaultProtocol: 'https',
          HTMLAttributes: { target: null, rel: null, class: null },
        },
        horizontalRule: {},
        trailingNode: false,
      }),
      Line,
      TextStyle,
      Color,
      picture(pictureUrl),
    ],
    // Its style is in our own sheet: a style element has no nonce.
    injectCSS: false,
    editorProps: {
      attributes: {
        'aria-label': label,
        'aria-multiline': 'true',
        role: 'textbox',
        class: 'compose-text',
        dir: 'auto',
      },
      transformPastedHTML: (pasted) => cleanForEditor(sanitize, pasted),
      handlePaste(_view, event) {
        // What an office program copies has a picture of itself beside it: then the text is meant.
        const files = filesOf(event.clipboardData);
        return files.length > 0 && !event.clipboardData?.types.includes('text/html') && onFiles(files);
      },
      handleDrop: (_view, event) => {
        const files = filesOf(event.dataTransfer);
        if (files.length === 0 || !onFiles(files)) return false;
        // What is not taken here is attached by what stands around.
        event.preventDefault();
        return true;
      },
    },
    onUpdate: ({ editor }) => onChange(htmlOfEditor(editor)),
  });
}

/** What was written, as it is sent: empty lines keep their height. */
function htmlOfEditor(editor: Editor): string {
  if (editor.isEmpty) return '';
  const page = new DOMParser().parseFromString(editor.getHTML(), 'text/html');
  for (const line of page.querySelectorAll('div:empty')) line.append(page.createElement('br'));
  for (const quote of page.querySelectorAll('blockquote'))
    quote.setAttribute('style', 'margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex');
  return page.body.innerHTML;
}

const blocks = 'div, p, ul, ol, blockquote, pre, h1, h2, h3, h4, h5, h6, hr, table';

/**
 * A line is a `div`, as people's mail programs have it: paragraphs would come apart at whoever reads it. A `div` around others is
 * none: it would be an empty line before them.
 */
const Line = Paragraph.extend({
  parseHTML: () => [
    { tag: 'p' },
    { tag: 'div', getAttrs: (element) => (element.querySelector(blocks) === null ? null : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => ['div', HTMLAttributes, 0],
});

/** A picture of this message. In the text it is `cid:`, on the screen the bytes that we have. */
const picture = (pictureUrl: (cid: string) => string | null) =>
  Node.create({
    name: 'picture',
    inline: true,
    group: 'inline',
    draggable: true,
    addAttributes: () => ({ cid: { default: '' }, alt: { default: '' }, width: { default: null } }),
    parseHTML: () => [
      {
        tag: 'img[src^="cid:"]',
        getAttrs: (image) => ({
          cid: image.getAttribute('src')?.slice(4) ?? '',
          alt: image.getAttribute('alt') ?? '',
          width: image.getAttribute('width'),
        }),
      },
    ],
    renderHTML: ({ node: { attrs } }) => [
      'img',
      { src: `cid:${attrs.cid}`, alt: attrs.alt, ...(attrs.width === null ? {} : { width: attrs.width }) },
    ],
    addNodeView:
      () =>
      ({ node: { attrs } }) => {
        const dom = document.createElement('img');
        const url = pictureUrl(String(attrs.cid));
        if (url !== null) dom.src = url;
        dom.alt = String(attrs.alt);
        if (attrs.width !== null) dom.width = Number.parseInt(String(attrs.width), 10) || 0;
        return { dom };
      },
  });
