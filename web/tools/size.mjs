// Prints the compressed size of the built console and ends with 1 when a budget is broken.
// First load: the index and everything it names. All: every file of dist/.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD_LIMIT = 60_000;
const ALL_LIMIT = 150_000;

const dist = new URL('../dist/', import.meta.url).pathname;
const packed = (name) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;

const files = readdirSync(dist, { recursive: true }).filter((name) => statSync(join(dist, name)).isFile());
const index = readFileSync(join(dist, 'index.html'), 'utf8');
const named = files.filter((name) => name === 'index.html' || index.includes(`./${name}`));

for (const name of files.sort()) {
  console.log(`${String(packed(name)).padStart(8)} B gzip  ${named.includes(name) ? 'first load' : 'later     '}  ${name}`);
}
const sum = (names) => names.reduce((total, name) => total + packed(name), 0);
const first = sum(named);
const all = sum(files);
console.log(`first load ${first} B gzip (limit ${FIRST_LOAD_LIMIT}), all ${all} B gzip (limit ${ALL_LIMIT})`);
process.exit(first > FIRST_LOAD_LIMIT || all > ALL_LIMIT ? 1 : 0);
