// Checks compose.yaml without Docker: against the Compose Specification's schema, and for what we want of it.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const [file, example] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const project = parse(text, { merge: true });
const faults = [];

const schema = new URL('node_modules/dclint/schemas/compose.schema.json', import.meta.url);
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
// Its $schema names draft 7 by an address that Ajv does not know it under.
const { $schema, ...rules } = JSON.parse(readFileSync(schema, 'utf8'));
const fits = ajv.compile(rules);
if (!fits(project)) {
  faults.push(...fits.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
}

for (const [name, service] of Object.entries(project.services)) {
  if (!/:v?\d+\.\d+(\.\d+)?/.test(service.image ?? '')) {
    faults.push(`${name}: its image is not pinned to a version`);
  }
  for (const port of service.ports ?? []) {
    if (!String(port).startsWith('127.0.0.1:')) {
      faults.push(`${name}: ${port} is not published on loopback only`);
    }
  }
  for (const [other, wait] of Object.entries(service.depends_on ?? {})) {
    const target = project.services[other];
    if (!target) {
      faults.push(`${name}: waits for ${other}, which is not there`);
    } else if (wait.condition === 'service_healthy' && !target.healthcheck) {
      faults.push(`${name}: waits for the health of ${other}, which has no health check`);
    }
  }
  for (const [variable, value] of Object.entries(service.environment ?? {})) {
    const secret = /PASSWORD|_KEYS_|REPLICA_KEY|SECRET/.test(variable);
    // A mail server may want no password; none is in the file then either.
    if (secret && !/^\$\{\w+:\?[^}]+\}$/.test(value) && value !== '${KEYLEDGER_SMTP_PASSWORD:-}') {
      faults.push(`${name}: ${variable} is not a required variable`);
    }
    if (/:\/\/[^/@:]*:(?!\$\{\w+:\?)[^/@]*@/.test(value)) {
      faults.push(`${name}: ${variable} holds a password`);
    }
  }
}

const commentless = text.replace(/^\s*#.*$/gm, '');
const asked = new Set([...commentless.matchAll(/(?<!\$)\$\{(\w+)/g)].map((m) => m[1]));
const told = new Set([...readFileSync(example, 'utf8').matchAll(/^#?([A-Z_]+)=/gm)].map((m) => m[1]));
for (const variable of asked) {
  if (!told.has(variable)) faults.push(`${variable} is missing in ${example}`);
}
for (const variable of told) {
  if (!asked.has(variable)) faults.push(`${variable} of ${example} is used nowhere`);
}

faults.forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
