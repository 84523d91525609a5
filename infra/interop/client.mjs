// node client.mjs <library>: reads {request, by, components?, send?, verify?} as JSON, signs the request with that library
// and prints its headers; with "send": true it sends the request as well and prints {status, body}; with
// "verify": true it signs nothing, checks the signature of the request and prints {right}.
import { headers, isRight } from './signers.mjs';

const chunks = [];
for await (const chunk of process.stdin) {
  chunks.push(chunk);
}
const { request, by, components, send, verify } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
if (verify) {
  console.log(JSON.stringify({ right: await isRight(process.argv[2], request, by) }));
} else if (send) {
  const signed = await headers(process.argv[2], request, by, components);
  const response = await fetch(request.url, { method: request.method, headers: signed, body: request.body });
  console.log(JSON.stringify({ status: response.status, body: await response.text() }));
} else {
  console.log(JSON.stringify(await headers(process.argv[2], request, by, components)));
}
