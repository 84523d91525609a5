// Checks manifests without a cluster: reads YAML on standard input and writes TypeScript on standard output,
// each object as a literal of its kind's type, so that tsc finds unknown fields, wrong types and missing ones.
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const faults = [];
console.log('// Made by infra/validation/kubernetes.mjs.');
parseAllDocuments(readFileSync(0, 'utf8')).forEach((document, i) => {
  faults.push(...document.errors);
  const object = document.toJS();
  if (object === null) return;
  const name = `${object.kind}/${object.metadata?.name}`;
  if (object.kind === 'Secret') {
    faults.push(`${name}: secrets are made by the operator`);
  }
  const pod = object.spec?.template?.spec;
  for (const container of pod?.containers ?? []) {
    if (!/:\d+\.\d+\.\d+/.test(container.image)) {
      faults.push(`${name}: ${container.image} is not pinned to a version`);
    }
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      if (!container[probe]) faults.push(`${name}: no ${probe}`);
    }
    const rights = container.securityContext ?? {};
    if (!pod.securityContext?.runAsNonRoot || !rights.readOnlyRootFilesystem || rights.allowPrivilegeEscalation !== false) {
      faults.push(`${name}: may do more than it must`);
    }
  }
  console.log(`import type { I${object.kind} as Kind${i} } from 'kubernetes-models/${object.apiVersion}';`);
  console.log(`export const object${i}: Kind${i} = ${JSON.stringify(object, null, 2)};`);
});
faults.forEach((fault) => console.error(String(fault)));
process.exit(faults.length ? 1 : 0);
