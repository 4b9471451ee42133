// How does src/ become the hashed, compressed files in ../static/dist?
// The pages of the designer keep their .ts and .css in designer/assets, by the same rules.
//
//   src/*.ts         each module that no other module imports is a page's own; what pages share
//                    is split off into chunks, so that a browser keeps one copy of it
//   src/*.css        style sheets
//   src/icons/*.svg  one sprite: <use href="…/icons-HASH.svg#name">
//   src/public/*     copied under its own name: a service worker's address must not change
//
// manifest.json maps each source name (form.ts → form.js, icons.svg) to its hashed file.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'src');
const pagesIn = ['src', '../../../designer/assets'];
const target = join(here, '..', 'static', 'dist');
const fresh = `${target}.new`;
const compressible = new Set(['.js', '.css', '.svg', '.json', '.webmanifest']);

async function namesIn(folder, ...endings) {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).sort();
  return names.filter((name) => endings.length === 0 || endings.includes(extname(name)));
}

async function entryPoints() {
  const files = [];
  for (const folder of pagesIn) {
    const names = await namesIn(join(here, folder), '.ts', '.css');
    files.push(...names.filter((name) => !name.endsWith('.d.ts')).map((name) => join(folder, name)));
  }
  const drawing = { bundle: true, write: false, outdir: fresh, metafile: true };
  const options = { ...drawing, absWorkingDir: here, entryPoints: files, external: ['*.svg'] };
  const { inputs } = (await build({ ...options, logLevel: 'error' })).metafile;
  const imported = Object.values(inputs).flatMap((input) => input.imports);
  const shared = new Set(imported.map(({ path }) => path));
  return files.filter((file) => !shared.has(file));
}

async function bundles() {
  const entries = await entryPoints();
  if (entries.length === 0) return {};
  const result = await build({
    absWorkingDir: here,
    entryPoints: entries,
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['chrome100', 'safari15'],
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    metafile: true,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.svg': 'file', '.woff2': 'file' },
    logLevel: 'warning',
  });
  return pagesOf(result.metafile.outputs);
}

function pagesOf(outputs) {
  const pages = {};
  for (const [file, output] of Object.entries(outputs)) {
    if (!output.entryPoint || !pagesIn.includes(dirname(output.entryPoint))) continue;
    const name = basename(output.entryPoint).replace(/\.ts$/, '.js');
    pages[name] = { file: basename(file), needs: everythingNeeded(file, outputs) };
  }
  return pages;
}

// What a page must load at once, so that it can be preloaded in one round trip.
function everythingNeeded(file, outputs, seen = new Set()) {
  for (const { path, kind } of outputs[file].imports) {
    if (kind !== 'import-statement' || seen.has(path)) continue;
    seen.add(path);
    everythingNeeded(path, outputs, seen);
  }
  return [...seen].map((path) => basename(path)).sort();
}

async function sprite() {
  const folder = join(source, 'icons');
  const symbols = [];
  for (const name of await namesIn(folder, '.svg')) {
    symbols.push(symbolOf(basename(name, '.svg'), await readFile(join(folder, name), 'utf8')));
  }
  if (symbols.length === 0) return {};
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
  const file = `icons-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.svg`;
  await writeFile(join(fresh, file), text);
  return { 'icons.svg': { file, needs: [] } };
}

function symbolOf(id, svg) {
  const match = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(svg.replace(/<!--[\s\S]*?-->/g, ''));
  if (!match) throw new Error(`src/icons/${id}.svg is not an SVG`);
  const viewBox = /viewBox="[^"]*"/.exec(match[1])?.[0] ?? 'viewBox="0 0 24 24"';
  return `<symbol id="${id}" ${viewBox}>${match[2].replace(/\s*\n\s*/g, '')}</symbol>`;
}

async function copies() {
  const folder = join(source, 'public');
  const manifest = {};
  for (const name of await namesIn(folder)) {
    await writeFile(join(fresh, name), await readFile(join(folder, name)));
    manifest[name] = { file: name, needs: [] };
  }
  return manifest;
}

async function compress() {
  for (const name of await namesIn(fresh)) {
    if (!compressible.has(extname(name))) continue;
    const text = await readFile(join(fresh, name));
    const packed = gzipSync(text, { level: constants.Z_BEST_COMPRESSION });
    if (packed.length < text.length) await writeFile(join(fresh, `${name}.gz`), packed);
  }
}

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
const manifest = { ...(await bundles()), ...(await sprite()), ...(await copies()) };
await compress();
await writeFile(join(fresh, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
// Swapped in at the end: a server that runs meanwhile never sees half a build.
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
console.log(`${Object.keys(manifest).length} assets in ${relative(process.cwd(), target)}`);
