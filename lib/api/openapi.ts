import packageJson from '../../package.json' with { type: 'json' };
import { problem } from '../contract/answers.ts';
import { operations } from '../contract/operations.ts';
import { describeOperation, type Json, problemResponse, schemaOf } from './openapi-operation.ts';

/** The OpenAPI 3.1 description of the API, made from the same schemas that the routes check with. */
export function openApi(version: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const [name, shape] of Object.entries(operations)) {
    paths[shape.path] ??= {};
    Object.assign(paths[shape.path] as Json, { [shape.method]: describeOperation(name, shape, schemas) });
  }
  schemaOf(problem, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Posthorn',
      version,
      summary: 'Webmail over IMAP and POP3',
      description:
        'Sign in at /signin; the session cookie signs every request. Writes are accepted from Posthorn’s own origin only. ' +
        'Every error is a problem document (RFC 9457) whose `code` is one of a closed list.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    paths,
    components: {
      schemas,
      responses: { Problem: problemResponse },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'posthorn.session',
          description: '`__Host-posthorn.session` over https',
        },
      },
    },
  };
}

let text: string | null = null;

/** GET /api/openapi.json. The same for everyone, made once. */
export async function answerOpenApi(): Promise<Response> {
  text ??= JSON.stringify(openApi(packageJson.version));
  return new Response(text, {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' },
  });
}
