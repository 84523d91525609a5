// Checks the AsyncAPI document with all that it refers to. The parser lets schemas of draft 2020-12 pass unread, so that
// they are compiled here.
import { fromFile, Parser } from '@asyncapi/parser';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const DRAFT_2020_12 = 'application/schema+json;version=draft-2020-12';
const file = process.argv[2];
const parser = new Parser();
parser.registerSchemaParser({
  getMimeTypes: () => [DRAFT_2020_12],
  validate: () => [],
  parse: ({ data }) => data,
});

const { document, diagnostics } = await fromFile(parser, file).parse();
// Errors and warnings; what the parser merely informs of or hints at is a matter of taste.
const faults = diagnostics
  .filter(({ severity }) => severity <= 1)
  .map(({ path, range, message }) => `line ${range.start.line + 1}, ${path.join('.')}: ${message}`);

for (const message of document?.allMessages() ?? []) {
  try {
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats(ajv);
    const payload = message.payload().json();
    ajv.compile(payload.schemaFormat ? payload.schema : payload);
    ajv.compile(message.headers()?.json() ?? true);
  } catch (fault) {
    faults.push(`schemas of ${message.id()}: ${fault.message}`);
  }
}

faults.forEach((fault) => console.log(`${file}: ${fault}`));
process.exitCode = document && faults.length === 0 ? 0 : 1;
