// Runs the checks in two lanes, one for each core, and prints what each found and how long it took.
import { spawn } from 'node:child_process';

const LANES = [
  ['types', 'format'],
  ['lint', 'imports', 'unused'],
];

function run(name) {
  const start = Date.now();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '-s', `check:${name}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('exit', (code) => {
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(Buffer.concat(output).toString());
      resolve(code === 0);
    });
  });
}

const lanes = LANES.map(async (lane) => {
  let good = true;
  for (const name of lane) good = (await run(name)) && good;
  return good;
});
process.exit((await Promise.all(lanes)).every(Boolean) ? 0 : 1);
