// How does a block of cells become the text that spreadsheets exchange, and that text a block?
export interface Cell {
  row: number;
  column: number;
  text: string;
}

function quoted(text: string): string {
  return /[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function textsOf(block: Cell[]): string {
  const rows = [...new Set(block.map((cell) => cell.row))].sort((one, other) => one - other);
  return rows
    .map((row) =>
      block
        .filter((cell) => cell.row === row)
        .sort((one, other) => one.column - other.column)
        .map((cell) => quoted(cell.text))
        .join('\t'),
    )
    .join('\n');
}

// Tabs part cells, line ends part rows; what stands in quotes may hold both.
export function blockOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const all = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  while (cell.lastIndex <= all.length) {
    const found = cell.exec(all);
    if (!found) break;
    rows.at(-1)?.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (found[3] === '') break;
    if (found[3] === '\n') rows.push([]);
  }
  return rows;
}
