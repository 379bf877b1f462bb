import type { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';

/** What nodemailer keeps to itself and we use all the same; to be looked at again at each upgrade. */
interface Inner {
  /** What EHLO announced. */
  _supportedExtensions: string[];
  _supportedAuth: string[];
  _maxAllowedSize: number;
  /** A line to the server, without its end; `shown` stands for it in nodemailer's own log. */
  _sendCommand(line: string, shown?: string): void;
  /** What the server said, as it came, by whichever socket it is now. */
  _onData(chunk: Buffer): void;
  /** The message on its way out, with its dots stuffed and its end. */
  _createSendStream(callback: unknown): Readable & { outByteCount: number };
}

export const innerOf = (connection: SMTPConnection): Inner => connection as unknown as Inner;
