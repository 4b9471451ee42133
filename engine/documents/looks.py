"""What does a document look like on paper?

These are the typesetter's own words; whatever an author or a record says comes in as texts in
quotes, which are never read as its code.
"""

LOOKS = r"""
#let ink = rgb("#1b2430")
#let pale = rgb("#5d6b7e")
#let line-ink = rgb("#d5dbe5")
#let tint = rgb("#f2f5fa")
#let accent = rgb("#24477e")
#let said(..texts) = texts.pos().join(linebreak())
#let strong-text(size, fill, body) = text(size: size, fill: fill, stroke: 0.022em + fill, body)
#let heading-line(level, place, body) = {
  let sizes = (20pt, 13pt, 11pt)
  let drawn = strong-text(sizes.at(level - 1), if level == 1 { ink } else { accent }, body)
  block(width: 100%, above: 18pt, below: if level == 1 { 16pt } else { 11pt },
    breakable: false, sticky: true,
    align(place, heading(level: level, outlined: true, drawn)))
}
#let paragraph(place, small, body) = block(width: 100%, above: 13pt, below: 13pt, align(place,
  if small { text(size: 8.5pt, fill: pale, body) } else { body }))
#let pair(name, value) = grid(columns: (27mm, 1fr), column-gutter: 3mm,
  text(fill: pale, name), value)
#let pairs(columns, items) = block(width: 100%, above: 14pt, below: 14pt,
  grid(columns: (1fr,) * columns, column-gutter: 8mm, row-gutter: 10pt, ..items))
#let lines-table(widths, places, head, rows, totals) = block(width: 100%, below: 12pt, {
  set text(size: 9pt)
  set par(leading: 0.5em)
  table(
    columns: widths, align: (x, y) => places.at(x) + horizon, inset: (x: 5pt, y: 6pt),
    stroke: (x, y) => (bottom: if y == 0 { 0.8pt + accent } else { 0.5pt + line-ink }),
    fill: (x, y) => if y == 0 { tint },
    table.header(..head.map(one => strong-text(9pt, accent, one))),
    ..rows.flatten(),
    ..totals.map(one => table.cell(fill: tint, strong-text(9pt, ink, one))),
  )
})
#let caption-line(body) = block(below: 6pt, sticky: true, strong-text(9.5pt, ink, body))
#let clause(number, name, version, body) = block(width: 100%, above: 13pt, below: 13pt, {
  block(below: 8pt, sticky: true, {
    strong-text(10pt, ink, number + ". " + name)
    if version != "" { h(3mm); text(size: 8pt, fill: pale, version) }
  })
  pad(left: 5mm, body)
})
#let signer(name, person, drawn, dated) = block(breakable: false, {
  text(fill: pale, name)
  box(width: 100%, height: 17mm, stroke: (bottom: 0.6pt + ink),
    align(left + bottom, pad(bottom: 2pt, if drawn != none { drawn } else { person })))
  if dated != "" {
    v(5pt)
    grid(columns: (auto, 1fr), column-gutter: 3mm, text(fill: pale, dated),
      box(width: 100%, height: 9pt, stroke: (bottom: 0.6pt + line-ink)))
  }
})
#let signers(items) = block(width: 100%, above: 26pt, below: 12pt, breakable: false,
  grid(columns: (1fr,) * calc.min(items.len(), 2), column-gutter: 12mm, row-gutter: 10mm, ..items))
#let drawing(place, name, width, under) = block(width: 100%, below: 10pt, breakable: false,
  align(place, stack(spacing: 4pt, image(name, width: width),
    if under != "" { text(size: 8.5pt, fill: pale, under) })))
#let mark(body) = {
  set text(size: 15pt, fill: rgb(90, 105, 130, 34))
  let one = align(center, rotate(-28deg, reflow: true, body))
  place(center + horizon, grid(columns: (1fr, 1fr), row-gutter: 34mm, ..((one,) * 8)))
}
"""
