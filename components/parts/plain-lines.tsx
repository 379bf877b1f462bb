import { Fragment, useMemo } from 'react';
import { findSoftBreaks } from '@/lib/client/reader/soft-breaks';
import { linkify, type TextSegment } from '@/lib/text/linkify';

/** Looking for links in more than this would be felt; what follows is shown without. */
const linkedLength = 400_000;

/** Lines of text with their links. A soft break is a newline that a narrow screen draws as a space. */
export function PlainLines({ text }: { text: string }) {
  const lines = useMemo(() => findSoftBreaks(text), [text]);
  let length = 0;
  return (
    <div className="whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:plaintext] in-[.whitespace-pre]:whitespace-pre">
      {joinHard(lines).map(({ text: piece, after }, index) => {
        length += piece.length;
        return (
          <Fragment key={index}>
            {length > linkedLength ? piece : linkify(piece).map(toNode)}
            {after !== '' && <span className={after}>{'\n'}</span>}
          </Fragment>
        );
      })}
    </div>
  );
}

function toNode(segment: TextSegment, index: number) {
  if (segment.type === 'text') return segment.text;
  return (
    <a
      key={index}
      // Whatever turns the text around it, an address reads as it is followed.
      dir="ltr"
      href={segment.href}
      target="_blank"
      rel="noopener noreferrer"
      title={segment.href === segment.text ? undefined : segment.href}
      className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
    >
      {segment.text}
    </a>
  );
}

interface Piece {
  text: string;
  /** The classes of the soft break that follows. */
  after: string;
}

/** Lines between soft breaks as one piece, so that a text of many lines is few nodes. */
function joinHard(lines: ReturnType<typeof findSoftBreaks>): Piece[] {
  const pieces: Piece[] = [];
  let open = '';
  for (const { text, breakAfter } of lines) {
    open += text;
    if (breakAfter === 'hard') open += '\n';
    else {
      pieces.push({ text: open, after: { soft: 'soft-break', joined: 'soft-break joined', none: '' }[breakAfter] });
      open = '';
    }
  }
  return pieces;
}
