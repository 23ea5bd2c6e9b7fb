// Runs every unit test beside its source with node's own runner. Ends non-zero when a test fails or none was found.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const found = readdirSync('src', { recursive: true })
  .filter((name) => /\.test\.tsx?$/.test(name))
  .map((name) => join('src', name))
  .sort();
if (found.length === 0) {
  console.error('no unit test found below web/src');
  process.exit(1);
}
const run = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...found], { stdio: 'inherit' });
process.exit(run.status ?? 1);
