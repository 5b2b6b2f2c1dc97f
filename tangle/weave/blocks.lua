-- blocks.lua: draws what is neither chunk nor plain prose: figures, tables, transcripts,
-- measurements, exercises, checkpoints, notes, and the subject index.
local U = require 'util'
local N = require 'number'
local S = require 'survey'
local C = require 'chunks'
local B = {}
local TEX, esc, tesc, List = U.TEX, U.esc, U.tesc, pandoc.List
local str = pandoc.utils.stringify

local function wrap(open, blocks, close)
  local l = List { U.raw(open) }
  l:extend(blocks); l:insert(U.raw(close))
  return l
end

-- ---- figures: the source must exist; fig/NAME.pdf or .svg is made from it ---------------
local function drawable(name)
  if name:match('^plot%-') then return U.exists(U.results .. '/' .. name:sub(6) .. '.json') end
  if name:match('/fig%-') then return U.exists(U.book .. '/transcripts/' .. name .. '.dot') end
  return U.exists(U.book .. '/figures/' .. name .. '.tex') or U.exists(U.book .. '/figures/' .. name .. '.dot')
end
-- a number that is said of a drawing that was made by a run must be in it, or the text says what the run did once
local function check_numbers(i, said)
  local source, drawn = U.slurp(U.book .. '/transcripts/' .. i.src .. '.dot'), {}
  for label in (source or ''):gsub('\\"', ''):gmatch('label=(%b"")') do drawn[#drawn + 1] = label end
  for label in (source or ''):gmatch('label=(%b<>)') do drawn[#drawn + 1] = label end
  local seen = table.concat(drawn, ' '):gsub('<[^<>]*>', ' ')           -- without tags and ports
  for n in (source and said or ''):gmatch('%f[%w.]%d+%f[^%w]') do
    if not seen:find('%f[%d]' .. n .. '%f[%D]') then U.err('figure ' .. i.src .. ' does not show the number ' .. n, '](' .. i.src .. ')') end
  end
end
function B.check_image(i)
  local alt = i.attributes.alt
  if not alt or alt:match('^%s*$') then U.err('figure ' .. i.src .. ' has no alt text', '](' .. i.src .. ')') end
  check_numbers(i, (alt or '') .. ' ' .. str(pandoc.Plain(i.caption):walk { Cite = function() return {} end }))
  if not drawable(i.src) then U.err('there is no source for figure ' .. i.src, '](' .. i.src .. ')') end
end
local function image(i)
  local width, alt = i.attributes.width, i.attributes.alt or ''
  if TEX then
    local share = width and tonumber(width:match('^([%d.]+)%%$') or '') or 100
    return U.tex(string.format('\\figureart{%.3f}{%s.pdf}', share / 100, i.src))
  end
  local src = (U.EPUB and os.getenv('WEAVE_BUILD') .. '/' or '') .. 'fig/' .. i.src .. '.svg'
  return pandoc.Image({ pandoc.Str(alt) }, src, '', pandoc.Attr('', {}, { style = width and 'max-width:' .. width }))
end
function B.figure(i)
  local r = N.ref[i.identifier]
  if not r then U.err('figure ' .. i.src .. ' has no id', '](' .. i.src .. ')'); return {} end
  if TEX then
    local l = List { U.tex('\\begin{figure}[!htbp]\\centering\n'), image(i), U.tex('\n\\cnum{figure}{' .. r.num .. '}\\caption{') }
    l:extend(i.caption); l:insert(U.tex('}\\label{' .. i.identifier .. '}\n\\end{figure}'))
    return pandoc.Plain(l)
  end
  local cap = List { U.html('<span class="no">Figure ' .. r.num .. '.</span> ') }
  cap:extend(i.caption)
  return { U.raw('<figure id="' .. esc(i.identifier) .. '">'), pandoc.Plain { image(i) }, U.raw('<figcaption>'),
    pandoc.Plain(cap), U.raw('</figcaption></figure>') }
end
B.image = image

-- ---- tables: on paper a float with columns as wide as their text, paragraphs where that is too wide ----
local function cells(row) return row.cells:map(function(c) return pandoc.utils.blocks_to_inlines(c.contents) end) end
local function seen(inlines)                                 -- the text that a cell shows, TeX of ours included
  return str(pandoc.Inlines(inlines):walk { RawInline = function(r)
    return pandoc.Str((r.text:gsub('\\_', '_'):gsub('\\%a+', ''):gsub('[{}]', ''))) end })
end
local function tex_table(t, id, num, after)
  local rows, head, width, notes = List(), List(), {}, List()
  t = t:walk { Note = function(n)                            -- LaTeX loses footnotes of floats: they go below the table
    notes:insert(pandoc.utils.blocks_to_inlines(n.content))
    return U.tex('\\textsuperscript{' .. string.char(96 + #notes) .. '}') end }
  for _, r in ipairs(t.head.rows) do head:insert(cells(r)) end
  for _, b in ipairs(t.bodies) do for _, r in ipairs(b.body) do rows:insert(cells(r)) end end
  local sum, spec = 0, ''
  for _, set in ipairs { head, rows } do
    for _, r in ipairs(set) do for k, c in ipairs(r) do width[k] = math.max(width[k] or 1, utf8.len(seen(c)) or 1) end end
  end
  for k in ipairs(t.colspecs) do sum = sum + width[k] + 2 end
  local wide = 0                                             -- share what the narrow columns leave
  for k in ipairs(t.colspecs) do
    sum, width[k] = sum - math.max(width[k] - 90, 0), math.min(width[k], 90)
    if width[k] > 18 then wide = wide + width[k] end
  end
  local room = 74 - (sum - 2 * #t.colspecs - wide) - 2 * #t.colspecs
  for k, c in ipairs(t.colspecs) do
    local al = ({ AlignRight = 'r', AlignCenter = 'c' })[tostring(c[1])] or 'l'
    spec = spec .. (sum > 74 and width[k] > 18 and string.format('L{%.3f\\linewidth}', room * width[k] / wide / 78) or al)
  end
  local l = List { U.tex(num and '\\begin{table}[!htbp]\\centering\\cnum{table}{' .. num .. '}\\caption{' or '\\begin{center}\\tablefont ') }
  if num then l:extend(pandoc.utils.blocks_to_inlines(t.caption.long)); l:insert(U.tex('}\\label{' .. id .. '}\\tablefont\n')) end
  l:insert(U.tex('\\begin{tabular}{@{}' .. spec .. '@{}}\\toprule\n'))
  for n, set in ipairs { head, rows } do
    for _, r in ipairs(set) do
      for k, c in ipairs(r) do
        if k > 1 then l:insert(U.tex(' & ')) end
        l:extend(c)
      end
      l:insert(U.tex(' \\\\\n'))
    end
    if n == 1 and #head > 0 then l:insert(U.tex('\\midrule\n')) end
  end
  l:insert(U.tex('\\bottomrule\\end{tabular}'))
  for k, n in ipairs(notes) do
    l:insert(U.tex('\\par\\resultnote{\\textsuperscript{' .. string.char(96 + k) .. '}\\,')); l:extend(n); l:insert(U.tex('}'))
  end
  l:insert(U.tex((after or '') .. (num and '\\end{table}' or '\\end{center}')))
  return pandoc.Plain(l)
end
function B.table(t, id, after)
  id = id or S.table_id(t)
  local num = id and N.ref[id] and N.ref[id].num
  if not num and str(t.caption.long) ~= '' then U.err('this table has a caption but no id: ' .. str(t.caption.long), str(t.caption.long):sub(1, 20)) end
  if TEX then return tex_table(t, id, num, after) end
  if num then
    if not S.table_id(t) then t.attr = pandoc.Attr(id) end
    t.caption.long[1].content:insert(1, U.html('<span class="no">Table ' .. num .. '.</span> '))
  end
  return after and { t, U.raw(after) } or t
end

-- ---- transcripts ---------------------------------------------------------------------------
function B.transcript(b)
  local program, cmd = b.attributes.program, b.attributes.cmd
  if not program then U.err('transcript without program=', '.transcript'); return {} end
  local text = U.slurp(U.book .. '/transcripts/' .. program .. '.txt')
  local c, py = N.roots['demo/' .. program .. '.c'], N.roots['demo/' .. program .. '.py']
  local needle = 'program="' .. program .. '"'
  if not text then U.err('no transcript ' .. U.book .. '/transcripts/' .. program .. '.txt', needle) end
  if not (c or py) then U.err('transcript of a program the book does not define: ' .. program, needle) end
  if b.text ~= '' then U.err('the text of a transcript comes from its run; this block must be empty', needle) end
  local name = program:match('[^/]*$')
  if cmd and not (c and cmd == './' .. name or py and cmd == 'python3 ' .. name .. '.py') then
    U.err('cmd="' .. cmd .. '" is not how ' .. program .. ' was run', 'cmd="' .. cmd .. '"')
  end
  local run = cmd or (c and './' or 'python3 ') .. name .. (c and '' or '.py')
  return C.transcript(text or '', { run }, not cmd and c and py and 'python3 ' .. name .. '.py')
end

function B.code_block(b)
  if b.classes:includes('transcript') then return B.transcript(b) end
  if not b.classes:includes('illustrative') then
    U.err('a verbatim block is neither a transcript nor tagged .illustrative', b.text:match('[^\n]*%S[^\n]*'))
    return {}
  end
  return C.listing(b.text, b.classes:filter(function(c) return c ~= 'illustrative' end)[1] or 'none')
end

-- ---- measurements: RESULTS/NN-slug.json ------------------------------------------------------
local results = {}
local function measured(file, needle)
  if results[file] == nil then
    local s = U.slurp(U.results .. '/' .. file .. '.json')
    results[file] = s and U.json(s) or false
  end
  if not results[file] then U.err('no results ' .. U.results .. '/' .. file .. '.json', needle) end
  return results[file]
end
local function number(v)          -- 300000 -> 300 000, with a thin space
  if type(v) == 'table' then return number(v[1]) .. '–' .. number(v[2]) end
  local int, rest = tostring(v):match('^(%d%d%d%d%d+)(%.?%d*)$')
  if not int then return tostring(v) end
  local head = #int % 3
  return (int:sub(1, head) .. int:sub(head + 1):gsub('%d%d%d', '\u{2009}%0')):gsub('^\u{2009}', '') .. rest
end
function B.num(s)
  local key = s.attributes.key or ''
  local file, row, field = key:match('^(.+)/([^/.]+)%.(.+)$')
  local r = file and measured(file, key)
  local v = r and (row == 'machine' and r.machine or r.rows and r.rows[row])
  v = v and v[field]
  if file and r and not v then U.err('no measurement ' .. key, key)
  elseif not file then U.err('a number needs key="NN-slug/row.field": ' .. key, '.num') end
  return pandoc.Str(v and number(v) or '?')
end
local function cell(s) return { pandoc.Plain { pandoc.Str(s) } } end
local function num(v) return cell(v and number(v) or '–') end
-- One peer a line, with all that is known of the ratio.
local function contest(rows)
  local peers, goals = {}, false
  for _, row in ipairs(rows) do peers[row.peer_name] = true; goals = goals or row.goal end
  local peer = next(peers); if peer and next(peers, peer) then peer = nil end
  local head, body = List { cell 'Coil', cell(peer or 'other'), cell 'ratio', cell 'spread' },
    rows:map(function(x) return List { num(x.ours), cell(number(x.peer) .. (peer and '' or ' (' .. x.peer_name .. ')')), num(x.ratio), num(x.spread) } end)
  if goals then
    head:insert(cell 'goal')
    for k, line in ipairs(body) do line:insert(num(rows[k].goal)) end
  end
  return head, body
end
-- All peers in a line: peers="glibc mimalloc" are those beside the first.
local function beside(rows, names, peers, r, file)
  local head, body = List { cell 'Coil', cell(rows[1].peer_name) }, List()
  for k, row in ipairs(rows) do
    local line = List { num(row.ours), num(row.peer) }
    for _, p in ipairs(peers) do
      local other = r.rows[names[k] .. '@' .. p]
      if not other then U.err('no row ' .. names[k] .. '@' .. p .. ' in ' .. file .. '.json', names[k]) end
      line:insert(num(other and other.peer))
      if k == 1 then head:insert(cell(other and other.peer_name or p)) end
    end
    body:insert(line)
  end
  return head, body
end
local function measurements(d, aligns, head, body, how, r)
  local widths = aligns:map(function() return 0 end)
  local t = pandoc.utils.from_simple_table(pandoc.SimpleTable(pandoc.utils.blocks_to_inlines(d.content), aligns, widths, head, body))
  local m = List()
  for _, k in ipairs(r.machine or {}) do m:insert(U.text(k .. ' ' .. tostring(r.machine[k]))) end
  local text = how .. ' on: ' .. table.concat(m, ', ') .. '.'
  return B.table(t, d.identifier ~= '' and d.identifier or nil,
    #m > 0 and (TEX and '\\par\\resultnote{' .. text .. '}' or '<p class="machine">' .. text .. '</p>'))
end
function B.results(d)
  local file = d.attributes.file or ''
  local r = measured(file, 'file="' .. file .. '"')
  if not r then return {} end
  local names, rows = List(U.words(d.attributes.rows)), List()
  if #names == 0 then for _, k in ipairs(r.rows) do if not k:find('@', 1, true) then names:insert(k) end end end
  for _, k in ipairs(names) do
    local row = r.rows[k]
    if not row then U.err('no row ' .. k .. ' in ' .. file .. '.json', k); return {} end
    rows:insert(row)
  end
  local head, body
  if d.attributes.peers then head, body = beside(rows, names, U.words(d.attributes.peers), r, file)
  else head, body = contest(rows) end
  local unit = rows[1].unit                                  -- above all, if it is that of all
  for _, row in ipairs(rows) do if row.unit ~= unit then unit = nil end end
  for k, line in ipairs(body) do table.insert(line, 1, cell(rows[k].title .. (unit and '' or ', ' .. rows[k].unit))) end
  table.insert(head, 1, cell(unit or ''))
  local aligns = List(head):map(function() return pandoc.AlignRight end)
  aligns[1] = pandoc.AlignLeft
  return measurements(d, aligns, head, body, 'Measured', r)
end

-- Where the instructions go: two lines a row, ours and the peer's; a row beside a second peer has one.
local function parts(list)
  local text, total = List(), 0
  for _, p in ipairs(list or {}) do total = total + p[2] end
  for _, p in ipairs(list or {}) do
    if p[2] * 20 < total then break end                      -- a part of a twentieth or more
    if #text > 0 then text:extend { pandoc.Str ',', pandoc.Space() } end
    text:extend { p[1]:match('^%(') and pandoc.Str(p[1]) or C.inline { pandoc.Code(p[1]) }, pandoc.Str('\u{a0}' .. string.format('%.0f', p[2])) }
  end
  return { pandoc.Plain(text) }
end
function B.profile(d)
  local file = d.attributes.file or ''
  local r = measured(file, 'file="' .. file .. '"')
  if not r then return {} end
  local body = List()
  for _, k in ipairs(U.words(d.attributes.rows)) do
    local row = r.rows[k]
    if not row then U.err('no row ' .. k .. ' in ' .. file .. '.json', k); return {} end
    local first = not k:find('@', 1, true)
    if first then body:insert { cell(row.title), cell 'Coil', num(row.ours), parts(row.ours_parts) } end
    body:insert { cell '', cell(row.peer_name), num(row.peer), parts(row.peer_parts) }
  end
  return measurements(d, List { pandoc.AlignLeft, pandoc.AlignLeft, pandoc.AlignRight, pandoc.AlignLeft },
    { cell '', cell '', cell 'count', cell 'of these' }, body, 'Counted', r)
end

-- ---- exercises, checkpoints, notes ---------------------------------------------------------------
function B.exercise(d)
  local a, r = d.attributes, N.ref[d.identifier]
  if not r then U.err('exercise without an id', '.exercise'); return {} end
  local stars, minutes = tonumber(a.stars or ''), tonumber(a.minutes or '')
  if not (stars and minutes and a.title) then
    U.err('exercise ' .. d.identifier .. ' needs stars=, minutes= and title=', '#' .. d.identifier)
    return {}
  end
  local points, body = tonumber(a.points or ''), d.content
  if a.points and not (points and points > 0 and points % 1 == 0) then
    U.err('exercise ' .. d.identifier .. ': points= is how many points it has', '#' .. d.identifier)
  end
  local effort = string.format('%d minutes', minutes) .. (points and string.format(', %d points', points) or '')
  if points then                                             -- it is judged: what to type
    body = body:clone()
    body:insert(C.transcript('', { './coil start ' .. d.identifier:gsub('^ex:', '') }))
  end
  if TEX then
    return wrap(string.format('\\begin{exercise}{%s}{%s}{%d}{%s}{%s}', d.identifier, r.num, stars, effort, U.name(a.title)), body, '\\end{exercise}')
  end
  return wrap(string.format('<section class="exercise" id="%s"><p class="ex-head"><span class="no">Exercise %s.</span> <span class="ex-title">%s</span> '
    .. '<span class="stars" role="img" aria-label="%d of 5 stars">%s</span> <span class="minutes">%s</span></p>',
    esc(d.identifier), r.num, U.name(a.title), stars, ('★'):rep(stars), effort), body, '</section>')
end
function B.checkpoint(d)
  local r, tests = N.ref[d.identifier], U.words(d.attributes.tests)
  if not r or #tests == 0 then U.err('a checkpoint needs an id and tests="..."', '.checkpoint'); return {} end
  local list = (#tests == 1 and 'test ' or 'tests ') .. table.concat(tests:map(U.text), ', ')
  local how = d.content[1] and d.content[1].t == 'Para' and '\\checkpointwith{' or '\\checkpoint{'
  if TEX then return wrap(how .. d.identifier .. '}{' .. r.num .. '}{' .. list .. '}', d.content, '') end
  return wrap('<div class="checkpoint" id="' .. esc(d.identifier) .. '"><p class="mark"><span class="no">Checkpoint ' .. r.num
    .. '</span> builds here: ' .. list .. '</p>', d.content, '</div>')
end
function B.side(d)
  if TEX then return wrap('\\begin{sidenote}', d.content, '\\end{sidenote}' .. (d.attributes.held and '' or '\\placenote')) end
  return wrap('<aside class="side">', d.content, '</aside>')
end
function B.epigraph(d)
  if TEX then return wrap('\\begin{epigraph}', d.content, '\\end{epigraph}') end
  return wrap('<blockquote class="epigraph">', d.content, '</blockquote>')
end

-- ---- the subject index: key="object!head" is an entry under an entry -----------------------------
function B.index_mark(s)
  local key = s.attributes.key
  if not key or key == '' then U.err('an index entry needs key="..."', '.index'); return {} end
  if TEX then return U.tex('\\ixmark{' .. s.identifier .. '}') end
  return U.html('<span class="mark" id="' .. s.identifier .. '"></span>')
end
function B.subject_index()
  local keys, o, mains = List(), List(), {}
  for k in pairs(N.marks) do
    keys:insert(k)
    local main = k:match('^(.-)!')
    if main and not N.marks[main] and not mains[main] then mains[main] = true; keys:insert(main) end
  end
  local function fold(k) return (k:gsub('%[%[(.-)%]%]', '%1'):gsub('!', '\1')):lower() end
  table.sort(keys, function(a, b) local x, y = fold(a), fold(b); if x ~= y then return x < y end; return a < b end)
  for _, k in ipairs(keys) do
    local sub, places = k:match('!(.*)$'), N.marks[k] or List()
    if TEX then
      o:insert('\\ix' .. (sub and 'sub' or 'item') .. '{' .. U.name(sub or k) .. '}{}{' .. table.concat(places:map(function(p) return p.id end), ',') .. '}')
    else
      o:insert((sub and '<li class="sub">' or '<li>') .. U.name(sub or k) .. ' ' .. table.concat(places:map(function(p)
        return '<a href="' .. esc(p.page .. '#' .. p.id) .. '">' .. p.section .. '</a>' end), ', ') .. '</li>')
    end
  end
  if TEX then return U.raw('\\begin{theindexlist}\n' .. table.concat(o, '\n') .. '\n\\end{theindexlist}') end
  return U.raw('<ul class="index">\n' .. table.concat(o, '\n') .. '\n</ul>')
end
return B
